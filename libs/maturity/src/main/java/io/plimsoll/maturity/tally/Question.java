package io.plimsoll.maturity.tally;

import io.plimsoll.maturity.model.Clause;
import io.plimsoll.maturity.model.Gate;
import io.plimsoll.maturity.model.Population;
import io.plimsoll.maturity.model.StageModel;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;

/** A control asked of a population, the unit that is counted. */
public record Question(String control, String population) implements Comparable<Question> {

    private static final Comparator<Question> ORDER =
            Comparator.comparing(Question::control).thenComparing(Question::population);

    /** Every question a model asks, those of the populations asked instead of empty ones included; in order. */
    public static List<Question> of(StageModel model) {
        TreeSet<Question> questions = new TreeSet<>();
        for (Gate gate : model.gates()) {
            for (List<Clause> group : gate.alternatives()) {
                for (Clause clause : group) {
                    Population population = model.populations().get(clause.population());
                    while (population != null) {
                        questions.add(new Question(clause.control(), population.id()));
                        population = model.populations().get(population.whenEmpty());
                    }
                }
            }
        }
        return List.copyOf(questions);
    }

    @Override
    public int compareTo(Question other) {
        return ORDER.compare(this, other);
    }
}
