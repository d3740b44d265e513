package io.imaint.simulator.basis;

import static io.imaint.simulator.basis.TestSystem.assertFails;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Goal: profile parameters hold only what they may. Method: good and bad values of each. */
class ProfileTest {
    private final Profile profile = TestSystem.blank().basis.profile();

    @ParameterizedTest
    @EnumSource
    void eachHasAPossibleStandard(Parameter parameter) {
        assertThat(parameter.permits(parameter.standard())).isTrue();
        assertThat(parameter.permits(parameter.recommended().orElse(parameter.standard())))
                .isTrue();
        assertThat(profile.value(parameter)).isEqualTo(parameter.standard());
    }

    @Test
    void recommendsWhatTheSetupGuideSays() {
        assertThat(Parameter.CREATE_SSO2_TICKET.recommended()).hasValue("2");
        assertThat(Parameter.VERIFY_CLIENT.recommended()).hasValue("1");
        assertThat(Parameter.VERIFY_CLIENT_WITH_ISSUER.recommended()).hasValue("CN=*");
        assertThat(Parameter.FAILS_TO_USER_LOCK.recommended()).isEmpty();
        var ready = TestSystem.ready().basis.profile();
        assertThat(Parameter.values())
                .allSatisfy(parameter -> assertThat(ready.value(parameter))
                        .isEqualTo(parameter.recommended().orElse(parameter.standard())));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "login/fails_to_user_lock | 1",
                "login/fails_to_user_lock | 99",
                "http/security_session_timeout | 86400",
                "login/create_sso2_ticket | 3",
                "icm/HTTPS/verify_client | 2",
                "icm/HTTPS/verify_client_with_issuer | ''",
                "icm/HTTPS/verify_client_with_issuer | CN=Root CA, O=Plant, C=DE"
            })
    void takesValuesInTheRange(String key, String value) {
        profile.set(key, value);
        assertThat(profile.value(Parameter.find(key).orElseThrow())).isEqualTo(value);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "login/fails_to_user_lock | 0",
                "login/fails_to_user_lock | 100",
                "login/fails_to_user_lock | ''",
                "login/fails_to_user_lock | five",
                "login/fails_to_user_lock | 99999999999",
                "http/security_session_timeout | 0",
                "http/security_session_timeout | -1",
                "http/security_session_timeout | 86401",
                "login/create_sso2_ticket | 4",
                "icm/HTTPS/verify_client | 3",
                "icm/HTTPS/verify_client_with_issuer | everybody"
            })
    void refusesValuesOutOfTheRange(String key, String value) {
        assertFails(BasisProblem.BASIS_VALUE_INVALID, () -> profile.set(key, value));
    }

    @Test
    void knowsNoOtherNames() {
        assertFails(BasisProblem.BASIS_OBJECT_UNKNOWN, () -> profile.set("login/no_automatic_user_sapstar", "1"));
    }
}
