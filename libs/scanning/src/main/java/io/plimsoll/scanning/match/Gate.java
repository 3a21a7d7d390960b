package io.plimsoll.scanning.match;

import java.util.List;

/**
 * Whether what was found may pass.
 *
 * @param thresholds a finding that counts for any of them closes the gate; none leaves it open
 * @param ignoreUnrated a finding without a severity does not leave the gate undecided
 */
public record Gate(List<Threshold> thresholds, boolean ignoreUnrated) {
    public Gate {
        thresholds = List.copyOf(thresholds);
    }

    /**
     * What the gate says of an answer.
     *
     * @param counting findings that close it
     * @param undecided findings of which it is not known whether they do
     */
    public record Judgement(int counting, int undecided) {}

    public Judgement judge(ImageAnswer answer) {
        int counting = 0;
        int undecided = 0;
        for (PackageAnswer pack : answer.packages()) {
            for (Finding finding : pack.findings()) {
                switch (judge(finding)) {
                    case COUNTS -> counting++;
                    case UNKNOWN -> undecided++;
                    case DOES_NOT -> {}
                }
            }
        }
        return new Judgement(counting, undecided);
    }

    private Threshold.Answer judge(Finding finding) {
        Threshold.Answer all = Threshold.Answer.DOES_NOT;
        for (Threshold threshold : thresholds) {
            switch (threshold.of(finding)) {
                case COUNTS -> {
                    return Threshold.Answer.COUNTS;
                }
                case UNKNOWN -> {
                    boolean rated = finding.severity().isPresent();
                    all = ignoreUnrated && !rated && threshold.level() != Threshold.Level.EXPLOITED
                            ? all
                            : Threshold.Answer.UNKNOWN;
                }
                case DOES_NOT -> {}
            }
        }
        return all;
    }
}
