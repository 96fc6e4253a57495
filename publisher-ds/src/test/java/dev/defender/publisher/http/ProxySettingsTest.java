/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.publisher.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProxySettingsTest {
    private static boolean proxied(String noProxy, String endpoint) {
        ProxySettings settings = ProxySettings.from(Map.of("HTTPS_PROXY", "http://proxy:8080", "NO_PROXY", noProxy));
        return settings.proxyFor(Endpoint.parse(endpoint)) != null;
    }

    @ParameterizedTest
    @CsvSource({
        "'', https://backend.example, true",
        "*, https://backend.example, false",
        "backend.example, https://backend.example, false",
        "BACKEND.example, https://Backend.Example, false",
        ".example, https://backend.example, false",
        "*.example, https://backend.example, false",
        "example, https://backend.example, false",
        "ackend.example, https://backend.example, true",
        "backend.example:443, https://backend.example, false",
        "backend.example:8443, https://backend.example, true",
        "'a,b backend.example', https://backend.example, false",
        "10.0.0.0/8, https://10.1.2.3, false",
        "10.0.0.0/8, https://11.1.2.3, true",
        "10.1.2.128/25, https://10.1.2.200, false",
        "10.1.2.128/25, https://10.1.2.100, true",
        "10.1.2.3, https://10.1.2.3, false",
        "fd00::/8, https://[fd12::1], false",
        "fd00::/8, https://[fe12::1], true",
        "10.0.0.0/x, https://10.1.2.3, true",
        "10.0.0.0/8, https://ten.example, true"
    })
    void exceptionsAreReadAsCurlReadsThem(String noProxy, String endpoint, boolean proxied) {
        assertThat(proxied(noProxy, endpoint)).isEqualTo(proxied);
    }

    @Test
    void lowerCaseWinsAndAPortIsOptional() {
        ProxySettings settings = ProxySettings.from(Map.of("https_proxy", "first", "HTTPS_PROXY", "http://second:1"));
        ProxySettings.Proxy proxy = settings.proxyFor(Endpoint.parse("https://b"));
        assertThat(proxy).isNotNull().satisfies(it -> {
            assertThat(it.host()).isEqualTo("first");
            assertThat(it.port()).isEqualTo(3128);
            assertThat(it.authorization()).isEmpty();
        });
    }

    @Test
    void aProxyThatCannotBeUsedIsRefusedWithoutItsPassword() {
        assertThatThrownBy(() -> ProxySettings.from(Map.of("HTTPS_PROXY", "socks5://user:secret@proxy:1")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("HTTPS_PROXY")
                .hasMessageNotContaining("secret");
    }

    @ParameterizedTest
    @CsvSource({"http://b", "https://", "b:8443", "https://b?x=1", "https://u@b"})
    void anEndpointHasToBeHttps(String text) {
        assertThatThrownBy(() -> Endpoint.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(text);
    }

    @Test
    void anEndpointKeepsItsPathAndDefaultPort() {
        assertThat(Endpoint.parse("https://b/base/")).isEqualTo(new Endpoint("b", 443, "/base"));
        assertThat(Endpoint.parse("https://[::1]:8443").authority()).isEqualTo("[::1]:8443");
    }
}
