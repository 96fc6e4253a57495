/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.rules.link;

import dev.defender.rules.source.PositionedException;
import dev.defender.rules.yaml.YamlValue;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The version of Falco's engine of which this one understands the language. */
final class EngineVersion {
    private static final int MINOR = 63;
    private static final Pattern FORM = Pattern.compile("(?:(\\d{1,6})\\.)?(\\d{1,6})(?:\\.(\\d{1,6}))?");

    private EngineVersion() {}

    /** An integer n means 0.n.0. */
    static void require(YamlValue required) throws PositionedException {
        Matcher matcher = FORM.matcher(required.text());
        if (!matcher.matches()) {
            throw new PositionedException(required.at(), "'" + required.text() + "' is no version; write 57 or 0.57.0");
        }
        int major = matcher.group(1) == null ? 0 : Integer.parseInt(matcher.group(1));
        int minor = Integer.parseInt(matcher.group(2));
        int patch = matcher.group(3) == null ? 0 : Integer.parseInt(matcher.group(3));
        if (major > 0 || minor > MINOR || (minor == MINOR && patch > 0)) {
            throw new PositionedException(
                    required.at(),
                    "these rules need engine version " + required.text() + ", this engine speaks 0." + MINOR + ".0");
        }
    }
}
