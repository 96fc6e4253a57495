/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.rules.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.defender.rules.field.Slice;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.HexFormat;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Addresses as text. */
class AddressTextTest {
    @ParameterizedTest
    @CsvSource({
        "00000000, 0.0.0.0",
        "7f000001, 127.0.0.1",
        "ffffffff, 255.255.255.255",
        "00000000000000000000000000000000, ::",
        "00000000000000000000000000000001, ::1",
        "20010db8000000000000000000000000, 2001:db8::",
        "20010db8000000010000000000000001, 2001:db8:0:1::1",
        "20010db8000100020003000400050006, 2001:db8:1:2:3:4:5:6",
        "20010db8000000020003000400050006, 2001:db8:0:2:3:4:5:6",
        "00010000000000020000000000000003, 1:0:0:2::3",
        "00000000000000010000000000000000, 0:0:0:1::",
        "00000000000000000000ffff0a000001, ::ffff:10.0.0.1",
    })
    void writesTheCanonicalForm(String hex, String expected) {
        byte[] bytes = HexFormat.of().parseHex(hex);
        assertThat(AddressText.of(new Slice().wrap(bytes, 0, bytes.length))).isEqualTo(expected);
    }

    @Property(tries = 300)
    void isReadBackAsTheSameAddress(@ForAll @Size(16) byte[] random, @ForAll @Size(16) boolean[] zero)
            throws Exception {
        byte[] bytes = random.clone();
        for (int i = 0; i < 16; i++) {
            bytes[i] = zero[i] ? 0 : bytes[i];
        }
        String text = AddressText.of(new Slice().wrap(bytes, 0, 16));
        InetAddress read = InetAddress.getByName(text);
        byte[] back = read.getAddress();
        assertThat(read instanceof Inet6Address ? back : Arrays.copyOfRange(bytes, 12, 16))
                .isEqualTo(back);
        assertThat(Arrays.copyOfRange(bytes, 16 - back.length, 16)).isEqualTo(back);
    }
}
