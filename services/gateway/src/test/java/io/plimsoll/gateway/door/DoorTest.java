package io.plimsoll.gateway.door;

import io.quarkus.test.common.QuarkusTestResource;
import io.restassured.RestAssured;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import org.junit.jupiter.api.BeforeEach;

/** What every test of the door needs. */
@QuarkusTestResource(DoorParts.class)
@SuppressWarnings("NullAway.Init")
abstract class DoorTest {

    @Inject
    Tokens tokens;

    @Inject
    Fakes fakes;

    @BeforeEach
    void forgetEarlierTests() {
        fakes.forget();
    }

    RequestSpecification as(String role, String... teams) {
        return with(tokens.of(role, teams));
    }

    RequestSpecification with(String token) {
        return RestAssured.given().urlEncodingEnabled(false).header("Authorization", "Bearer " + token);
    }
}
