package io.plimsoll.report.html;

import io.plimsoll.assessment.scope.ScopeAssessment;

/** What a freeboard means. */
enum Verdict {
    OVERLOADED(
            "overloaded", "Overloaded", "more is loaded than security carries, whatever the unknowns turn out to be"),
    UNPROVEN(
            "unproven",
            "Not proven",
            "security may carry the load, but not all of it is proven or not all of the load is shown"),
    AFLOAT("afloat", "Carries its load", "security is proven at the stage of the load, or above it");

    private final String word;
    private final String title;
    private final String meaning;

    Verdict(String word, String title, String meaning) {
        this.word = word;
        this.title = title;
        this.meaning = meaning;
    }

    static Verdict of(ScopeAssessment scope) {
        return scope.freeboardHigh() < 0 ? OVERLOADED : scope.freeboardLow() < 0 ? UNPROVEN : AFLOAT;
    }

    String word() {
        return word;
    }

    String title() {
        return title;
    }

    String meaning() {
        return meaning;
    }
}
