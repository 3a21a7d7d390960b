package io.plimsoll.segmentation.naive;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.kubernetes.ResourceChange;
import io.plimsoll.segmentation.policy.PolicySet;
import io.plimsoll.segmentation.policy.Vocabulary;
import java.util.List;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;

/** What policies tell apart, from change to change, against what is made of all of them at once: a word that nobody says any more goes. */
class FollowedVocabularyTest {

    private static final int CHANGES = 200;

    @Property(tries = 30, shrinking = ShrinkingMode.OFF, edgeCases = EdgeCasesMode.NONE)
    void holdsTheWordsOfThePoliciesThereAreAndNoOthers(@ForAll long seed) {
        // Given
        RandomChanges changes = new RandomChanges(seed);
        PolicySet policies = PolicySet.of(changes.state());
        Vocabulary words = Vocabulary.of(policies);
        for (int step = 0; step < CHANGES; step++) {
            List<ResourceChange> change = changes.next();
            PolicySet later = policies.after(change);
            // When
            words = Vocabulary.of(later, policies, words);
            policies = later;
            // Then
            assertThat(words).as("seed %d, step %d, %s", seed, step, change).isEqualTo(Vocabulary.of(later));
        }
    }
}
