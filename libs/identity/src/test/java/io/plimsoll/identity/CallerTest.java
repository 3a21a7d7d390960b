package io.plimsoll.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.plimsoll.problem.Problem;
import io.plimsoll.problem.ProblemException;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CallerTest {

    private static Caller caller(Set<Role> roles, String... teams) {
        return new Caller("somebody", roles, Set.of(teams));
    }

    @ParameterizedTest
    @EnumSource(
            value = Role.class,
            names = {"SECURITY", "ADMIN", "SERVICE"})
    void someRolesSeeAll(Role role) {
        assertThat(caller(Set.of(role)).sees(List.of())).isTrue();
        assertThat(caller(Set.of(role)).sees(List.of("shop", "payments"))).isTrue();
    }

    @ParameterizedTest
    @EnumSource(
            value = Role.class,
            names = {"VIEWER", "OWNER"})
    void aTeamsMemberSeesWhatIsTheTeamsAlone(Role role) {
        Caller shop = caller(Set.of(role), "shop");

        assertThat(shop.sees(List.of("shop"))).isTrue();
        assertThat(shop.sees(List.of("shop", "payments"))).isFalse();
        assertThat(shop.sees(List.of("payments"))).isFalse();
        assertThat(shop.sees(List.of())).as("nobody's").isFalse();
    }

    @Test
    void aTeamAloneShowsNothing() {
        assertThat(caller(Set.of(), "shop").sees(List.of("shop"))).isFalse();
        assertThat(caller(Set.of(Role.SENSOR), "shop").visibleTeams()).isEmpty();
    }

    @Test
    void saysWhichRoleIsMissing() {
        ProblemException refused = catchThrowableOfType(
                ProblemException.class,
                () -> caller(Set.of(Role.VIEWER), "shop").require(Role.ADMIN, Role.SERVICE));

        assertThat(refused.problem()).isEqualTo(Problem.FORBIDDEN);
        assertThat(refused.detail()).contains("admin or service", "viewer");
    }
}
