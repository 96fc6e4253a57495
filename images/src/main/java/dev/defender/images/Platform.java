/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.images;

import java.util.regex.Pattern;

/**
 * The processor that images are made for: this machine's, because runtime, libraries and archive come from it.
 *
 * @param name as images call it
 * @param nativeEntry matches the path of a native library for it inside a jar
 */
record Platform(String name, Pattern nativeEntry) {
    static Platform here() throws BuildException {
        String arch = System.getProperty("os.arch", "");
        return switch (arch) {
            case "amd64" -> new Platform("amd64", entry("amd64|x86[-_]64"));
            case "aarch64" -> new Platform("arm64", entry("aarch64|aarch[-_]64|arm64"));
            default ->
                throw new BuildException(
                        "no images for the processor '" + arch + "'; they are made for amd64 and arm64");
        };
    }

    /** JNA: {@code …/linux-x86-64/lib.so}; zstd-jni: {@code linux/amd64/lib.so}; Conscrypt: {@code lib-linux-x86_64.so}. */
    private static Pattern entry(String names) {
        return Pattern.compile("(.*[/-])?linux[-/](" + names + ")[./].*");
    }
}
