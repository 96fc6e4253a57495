/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.cli.aks;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.defender.cli.terminal.Failure;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A JSON document as it came: at most 64 MB and {@value #MAX_DEPTH} levels, no name twice in an object.
 *
 * @param name as messages call it
 * @param sha256 of its bytes, hexadecimal
 */
record JsonInput(String name, JsonNode root, String sha256) {
    static final int MAX_BYTES = 64 << 20;
    static final int MAX_DEPTH = 100;

    private static final ObjectMapper JSON = new ObjectMapper(JsonFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MAX_DEPTH)
                            .maxDocumentLength(MAX_BYTES)
                            .build())
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private static final Pattern BICEP =
            Pattern.compile("(?m)^\\s*(targetScope\\s*=|@description\\(|resource\\s+\\w+\\s+'|param\\s+\\w+\\s+\\w+)");
    private static final Pattern HCL =
            Pattern.compile("(?m)^\\s*(resource|data|module|provider|variable|terraform|locals)\\b[^\\n:=]*\\{");

    /** @param file "-" = standard input */
    static JsonInput read(Path file, InputStream standardInput) throws Failure {
        boolean standard = file.toString().equals("-");
        String name = standard ? "standard input" : file.toString();
        try (InputStream in = standard ? standardInput : Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(MAX_BYTES + 1);
            if (bytes.length > MAX_BYTES) {
                throw Failure.usage(name + " has more than 64 MB");
            }
            return of(name, bytes);
        } catch (IOException e) {
            throw Failure.file("cannot read " + name, e);
        }
    }

    static JsonInput of(String name, byte[] bytes) throws Failure {
        refuseOtherLanguages(name, bytes);
        try {
            JsonNode root = JSON.readTree(bytes);
            if (root.isMissingNode()) {
                throw Failure.usage(name + " is empty");
            }
            return new JsonInput(name, root, sha256(bytes));
        } catch (StreamConstraintsException e) {
            throw Failure.usage(
                    name + " is nested or sized beyond what is read here (" + MAX_DEPTH + " levels, 64 MB)");
        } catch (JsonProcessingException e) {
            throw Failure.usage(name + " cannot be read as JSON: "
                    + e.getOriginalMessage().lines().findFirst().orElse("")
                    + (e.getLocation() == null
                            ? ""
                            : ", at line " + e.getLocation().getLineNr()));
        } catch (IOException e) {
            throw Failure.file("cannot read " + name, e);
        }
    }

    /** JSON inside a text, by the same rules. */
    static JsonNode parse(String text) throws JsonProcessingException {
        return JSON.readTree(text);
    }

    static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this JDK has no SHA-256", e);
        }
    }

    private static void refuseOtherLanguages(String name, byte[] bytes) throws Failure {
        String lower = name.toLowerCase(Locale.ROOT);
        String start = new String(bytes, 0, Math.min(bytes.length, 64 << 10), StandardCharsets.UTF_8).strip();
        boolean json = start.startsWith("{") || start.startsWith("[");
        if (lower.endsWith(".bicep") || !json && BICEP.matcher(start).find()) {
            throw Failure.usage(name + " is Bicep; import what `az bicep build --stdout --file " + name + "` prints");
        }
        if (lower.endsWith(".tf")
                || lower.endsWith(".hcl")
                || !json && HCL.matcher(start).find()) {
            throw Failure.usage(name + " is HCL; import what `terraform show -json` prints");
        }
    }
}
