package io.plimsoll.gateway.scope;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.assessment.scope.ScopeKey;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.NotEmpty;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScopePathTest {

    @ParameterizedTest
    @CsvSource({
        "organisation, organisation",
        "team/shop, team/shop",
        "team%2Fshop, team/shop",
        "team/shop%2Fcheckout, team/shop/checkout",
        "cluster/prod, cluster/prod",
        "namespace/prod/shop, namespace/prod/shop",
        "namespace%2Fprod%2Fshop, namespace/prod/shop",
        "namespace%2fprod%2fshop, namespace/prod/shop",
        "application/prod/shop/cart, application/prod/shop/cart",
        "application%2Fprod%2Fshop%2Fcart, application/prod/shop/cart",
        "team/caf%C3%A9, team/café"
    })
    void readsAScopeEncodedAsOneSegmentAndAsItIs(String raw, String id) {
        assertThat(ScopePath.ofRaw(raw).map(ScopeKey::id)).contains(id);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "nothing",
                "organisation/x",
                "team",
                "team/",
                "namespace/prod",
                "namespace/prod/a/b",
                "namespace/prod/a%2Fb",
                "cluster/a%2Fb",
                "workload/prod/shop/Deployment/cart",
                "team/%",
                "team/%4",
                "team/%zz",
                "team/%ff",
                "team/a%00b",
                "/team/shop",
                "team//shop"
            })
    void isEmptyForWhatNamesNoScope(String raw) {
        assertThat(ScopePath.ofRaw(raw)).isEmpty();
    }

    @Test
    void isEmptyForAnOverlongName() {
        assertThat(ScopePath.ofRaw("team/" + "a".repeat(4_000))).isEmpty();
    }

    @Property
    void anyTeamComesBackFromItsEncodedName(@ForAll @NotEmpty String name) {
        String encoded = URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
        boolean plain = name.chars().noneMatch(Character::isISOControl)
                && StandardCharsets.UTF_8.newEncoder().canEncode(name)
                && name.length() < 1_000;
        if (plain) {
            assertThat(ScopePath.ofRaw("team/" + encoded).map(ScopeKey::id)).contains("team/" + name);
            assertThat(ScopePath.ofRaw("team%2F" + encoded)).isEqualTo(ScopePath.ofRaw("team/" + encoded));
        }
    }

    @Property
    void noPathMakesItFail(@ForAll String raw) {
        assertThat(ScopePath.ofRaw(raw)).isNotNull();
        assertThat(ScopePath.ofText(raw)).isInstanceOf(Optional.class);
    }
}
