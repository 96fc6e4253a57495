/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.sensor.enrich;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class Utf8RepairTest {
    private final Utf8Repair repair = new Utf8Repair();

    @Property(tries = 3000)
    void repairsAsTheJdkDecodes(@ForAll @Size(max = 60) byte[] bytes) {
        assertRepairedLikeTheJdk(bytes);
    }

    @Property(tries = 2000)
    void repairsSequencesThatAreAlmostRight(
            @ForAll @IntRange(min = 0xC0, max = 0xFF) int lead, @ForAll @Size(max = 4) byte[] rest) {
        byte[] bytes = new byte[rest.length + 1];
        bytes[0] = (byte) lead;
        for (int i = 0; i < rest.length; i++) {
            bytes[i + 1] = (byte) (rest[i] & 0x3F | 0x80);
        }
        assertRepairedLikeTheJdk(bytes);
    }

    @Test
    void cutsBeforeTheCharacterThatDoesNotFit() {
        byte[] text = "aé€".getBytes(StandardCharsets.UTF_8);
        byte[] out = new byte[16];
        assertThat(repair.copy(text, 0, text.length, out, 0, 5)).isEqualTo(3);
        assertThat(repair.repaired()).isTrue();
        assertThat(repair.copy(text, 0, text.length, out, 0, 6)).isEqualTo(6);
        assertThat(repair.repaired()).isFalse();
    }

    /** U+D800 as three bytes: none of them begins a character, so each is replaced; the JDK replaces two by one. */
    @Test
    void aSurrogateIsNoCharacter() {
        byte[] text = {'a', (byte) 0xED, (byte) 0xA0, (byte) 0x80, 'b'};
        byte[] out = new byte[16];
        int length = repair.copy(text, 0, text.length, out, 0, out.length);
        assertThat(new String(out, 0, length, StandardCharsets.UTF_8)).isEqualTo("a\uFFFD\uFFFD\uFFFDb");
    }

    private void assertRepairedLikeTheJdk(byte[] any) {
        byte[] bytes = any.clone();
        for (int i = 0; i < bytes.length; i++) {
            // The one lead byte that the JDK treats in its own way.
            bytes[i] = bytes[i] == (byte) 0xED ? (byte) 0xEC : bytes[i];
        }
        byte[] out = new byte[bytes.length * Utf8Repair.MAX_GROWTH];
        int length = repair.copy(bytes, 0, bytes.length, out, 0, out.length);
        byte[] expected = new String(bytes, StandardCharsets.UTF_8).getBytes(StandardCharsets.UTF_8);
        assertThat(Arrays.copyOf(out, length)).isEqualTo(expected);
        assertThat(repair.repaired()).isEqualTo(!Arrays.equals(bytes, expected));
    }
}
