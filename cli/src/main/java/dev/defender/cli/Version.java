/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.cli;

import picocli.CommandLine;

/** The version that the build wrote into the jar. */
final class Version implements CommandLine.IVersionProvider {
    @Override
    public String[] getVersion() {
        String version = Version.class.getPackage().getImplementationVersion();
        return new String[] {"defenderctl " + (version == null ? "(built from source)" : version)};
    }
}
