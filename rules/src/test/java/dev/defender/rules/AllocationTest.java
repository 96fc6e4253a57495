/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.management.ThreadMXBean;
import dev.defender.rules.field.EventType;
import dev.defender.rules.field.Field;
import dev.defender.rules.field.FieldSource;
import dev.defender.rules.field.Slice;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** Testing events that raise no alert allocates nothing, with all of the project's rules. */
class AllocationTest {
    private static final int EVENTS = 20_000;
    private static final EventType[] TYPES = {
        EventType.EXECVE, EventType.OPENAT, EventType.CONNECT, EventType.ACCEPT4, EventType.LISTEN, EventType.PROCEXIT
    };

    /** An ordinary event, its texts held in arrays. */
    private static final class Quiet implements FieldSource {
        private final byte[][] texts = new byte[Field.values().length][];
        private final byte[] address = {10, 0, 0, 1};

        Quiet() {
            for (Field field : Field.values()) {
                texts[field.ordinal()] = "/srv/app/data".getBytes(StandardCharsets.UTF_8);
            }
        }

        @Override
        public long number(Field field, int depth) {
            return depth > 4 ? MISSING : field == Field.FD_TYPECHAR ? 'f' : 2;
        }

        @Override
        public boolean text(Field field, int depth, Slice into) {
            if (depth > 4) {
                return false;
            }
            byte[] bytes = field == Field.FD_CIP || field == Field.FD_SIP ? address : texts[field.ordinal()];
            into.wrap(bytes, 0, bytes.length);
            return true;
        }
    }

    @Test
    void allocatesNothing() throws Exception {
        assumeTrue(
                ManagementFactory.getThreadMXBean() instanceof ThreadMXBean,
                "this JVM does not count what a thread allocates");
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        RuleMatcher matcher = new RuleMatcher(new RuleSetReference(RuleSet.builtIn(Matching.ALL)));
        Quiet quiet = new Quiet();
        MatchHandler handler = match -> {
            throw new AssertionError(match.rule().name());
        };
        run(matcher, quiet, handler);

        long least = Long.MAX_VALUE;
        for (int round = 0; round < 5; round++) {
            long before = threads.getCurrentThreadAllocatedBytes();
            run(matcher, quiet, handler);
            least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
        }
        // Reading the counter may itself allocate a little; one byte per event would be 20,000.
        assertThat(least).isLessThan(1_000);
    }

    private static void run(RuleMatcher matcher, FieldSource source, MatchHandler handler) {
        for (int i = 0; i < EVENTS; i++) {
            matcher.match(TYPES[i % TYPES.length], source, handler);
        }
    }
}
