package io.plimsoll.segmentation.naive;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import org.junit.jupiter.api.Test;

/** The second evaluator proves something only as long as it knows nothing of the engine. */
class NaiveWallTest {

    @Test
    void theEvaluatorKnowsNothingOfTheEngine() {
        DescribedPredicate<JavaClass> engine = DescribedPredicate.describe(
                "of the engine",
                each -> each.getPackageName().startsWith("io.plimsoll.segmentation")
                        && !each.getPackageName().equals("io.plimsoll.segmentation.naive"));
        noClasses()
                .that()
                .haveSimpleNameStartingWith("Spec")
                .and()
                .haveSimpleNameNotEndingWith("Test")
                .should()
                .dependOnClassesThat(engine)
                .check(new ClassFileImporter().importPackages("io.plimsoll.segmentation.naive"));
    }
}
