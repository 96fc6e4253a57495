/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.rules.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.defender.rules.MapSource;
import dev.defender.rules.engine.Evaluation;
import dev.defender.rules.engine.Slots;
import dev.defender.rules.field.EventType;
import dev.defender.rules.field.Field;
import dev.defender.rules.source.Position;
import dev.defender.rules.source.PositionedException;
import dev.defender.rules.source.SourceText;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The text of an alert. */
class OutputFormatTest {
    private static final MapSource SOURCE = new MapSource()
            .set(Field.PROC_NAME, "a\nb", "sh", "init")
            .set(Field.PROC_ARGS, "x y")
            .set(Field.PROC_PID, 30, 20, 1)
            .set(Field.EVT_OPEN_FLAGS, 0)
            .set(Field.FD_CIP, new byte[] {0x20, 1, 0xd, (byte) 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1})
            .set(Field.FD_SIP, (byte) 10, (byte) 0, (byte) 0, (byte) 255)
            .set(Field.FD_SPORT, 65535);

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '`',
            value = {
                "plain ~ plain",
                "100%% ~ 100%",
                "%proc.pname ~ sh",
                "%proc.pname. End ~ sh. End",
                "(x=%proc.pname) ~ (x=sh)",
                "%proc.name ~ a\uFFFDb",
                "%proc.cmdline ~ a\uFFFDb x y",
                "%proc.aname[2] ~ init",
                "%proc.aname[3] ~ <NA>",
                "%proc.aname ~ sh <- init",
                "%proc.pid %proc.ppid %proc.apid[2] ~ 30 20 1",
                "%evt.type ~ execve",
                "%evt.is_open_read ~ true",
                "%evt.res ~ <NA>",
                "%fd.cip ~ 2001:db8::1",
                "%fd.sip:%fd.sport ~ 10.0.0.255:65535",
                "%container.id ~ host",
                "%container.name %k8s.ns.name %container.ip ~ host <NA> <NA>",
                "%toupper(proc.pname) ~ SH",
                "[%6proc.pname] ~ [sh    ]",
                "%user.uid ~ <NA>",
            })
    void fillsIn(String format, String expected) throws PositionedException {
        Evaluation event = new Slots().complete().newEvaluation();
        event.begin(EventType.EXECVE, SOURCE);
        assertThat(OutputFormat.parse(source(format)).render(event)).isEqualTo(expected);
    }

    @Test
    void refusesWhatIsNoField() {
        assertThatThrownBy(() -> OutputFormat.parse(source("a %proc.nmae b")))
                .isInstanceOfSatisfying(
                        PositionedException.class, e -> assertThat(e.position()).isEqualTo(new Position("f", 1, 4)))
                .hasMessageContaining("did you mean proc.name");
        assertThatThrownBy(() -> OutputFormat.parse(source("100%"))).hasMessageContaining("write %%");
        assertThatThrownBy(() -> OutputFormat.parse(source("%proc.aname[1"))).hasMessageContaining("never closed");
    }

    private static SourceText source(String text) {
        return SourceText.verbatim(new Position("f", 1, 1), text);
    }
}
