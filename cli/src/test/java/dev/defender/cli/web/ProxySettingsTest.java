/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.cli.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProxySettingsTest {
    @ParameterizedTest
    @CsvSource({
        "https://defender.example:8443, '',                      true",
        "https://defender.example:8443, '*',                     false",
        "https://defender.example:8443, 'other,example',         false",
        "https://defender.example:8443, '.example',              false",
        "https://defender.example:8443, 'ample',                 true",
        "https://defender.example:8443, 'Defender.Example:8443', false",
        "https://defender.example:8443, 'defender.example:443',  true",
        "https://10.1.2.3,              '10.0.0.0/8',            false",
        "https://11.1.2.3,              '10.0.0.0/8, 11.0.0.0/16', true",
        "https://[fd00::1]:8443,        'fd00::/8',              false",
    })
    void no_proxy_is_read_as_the_publisher_reads_it(String address, String except, boolean proxied) throws Exception {
        ProxySettings settings = ProxySettings.from(Map.of("HTTPS_PROXY", "http://proxy:3129", "NO_PROXY", except));
        assertThat(settings.proxyFor(URI.create(address))).isEqualTo(proxied ? "proxy:3129" : null);
    }

    @Test
    void a_proxy_that_is_none_is_told_without_its_password() {
        assertThatThrownBy(() -> ProxySettings.from(Map.of("https_proxy", "https://user:hush@proxy")))
                .hasMessageContaining("HTTPS_PROXY is not of the form")
                .hasMessageNotContaining("hush");
    }
}
