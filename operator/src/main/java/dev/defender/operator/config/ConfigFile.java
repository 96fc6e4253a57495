/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.operator.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.defender.operator.config.OperatorConfig.Images;
import dev.defender.operator.config.OperatorConfig.ServiceAccounts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads {@code operator.yaml}. A key that is not known, or a value of no sense, is refused with its place. */
public final class ConfigFile {
    private static final YAMLMapper YAML = YAMLMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    /** The Service's, and those behind it: kubeadm and most others, minikube, MicroK8s. */
    private static final List<Integer> API_SERVER_PORTS = List.of(443, 6443, 8443, 16443);

    /** The file as it stands: everything may be absent. */
    private record Raw(
            @Nullable RawImages images,
            @Nullable String imagePullPolicy,
            @Nullable List<String> imagePullSecrets,
            @Nullable Boolean leaderElection,
            @Nullable RawAccounts serviceAccounts,
            @Nullable List<Integer> apiServerPorts) {}

    private record RawImages(
            @Nullable String sensor,
            @Nullable String publisher,
            @Nullable String misc) {}

    private record RawAccounts(
            @Nullable String sensor,
            @Nullable String publisher,
            @Nullable String misc) {}

    private ConfigFile() {}

    /** @throws IllegalArgumentException what is wrong with the file, in one sentence */
    public static OperatorConfig read(Path file) throws IOException {
        try {
            return parse(Files.readString(file));
        } catch (NoSuchFileException e) {
            throw new IllegalArgumentException(
                    file + " is not there; --config names the operator's configuration file", e);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(file + ": " + e.getMessage(), e);
        }
    }

    static OperatorConfig parse(String text) {
        OperatorConfig config;
        try {
            Raw raw = YAML.readValue(text, Raw.class);
            config = complete(raw == null ? new Raw(null, null, null, null, null, null) : raw);
        } catch (UnrecognizedPropertyException e) {
            throw new IllegalArgumentException(
                    "there is no key \"" + place(e) + "\"; known here are " + e.getKnownPropertyIds(), e);
        } catch (JsonMappingException e) {
            throw new IllegalArgumentException(place(e) + ": " + e.getOriginalMessage(), e);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(
                    "not YAML at line " + e.getLocation().getLineNr() + ": " + e.getOriginalMessage(), e);
        }
        List<String> faults = config.faults();
        if (!faults.isEmpty()) {
            throw new IllegalArgumentException(String.join("; ", faults));
        }
        return config;
    }

    private static OperatorConfig complete(Raw raw) {
        RawImages images = raw.images == null ? new RawImages(null, null, null) : raw.images;
        RawAccounts accounts = raw.serviceAccounts == null ? new RawAccounts(null, null, null) : raw.serviceAccounts;
        String misc = or(images.misc, "");
        return new OperatorConfig(
                new Images(or(images.sensor, ""), or(images.publisher, ""), misc.isEmpty() ? null : misc),
                or(raw.imagePullPolicy, "IfNotPresent"),
                or(raw.imagePullSecrets, List.of()),
                or(raw.leaderElection, false),
                new ServiceAccounts(
                        or(accounts.sensor, ServiceAccounts.DEFAULT.sensor()),
                        or(accounts.publisher, ServiceAccounts.DEFAULT.publisher()),
                        or(accounts.misc, ServiceAccounts.DEFAULT.misc())),
                or(raw.apiServerPorts, API_SERVER_PORTS));
    }

    private static <T> T or(@Nullable T value, T fallback) {
        return value == null ? fallback : value;
    }

    private static String place(JsonMappingException e) {
        return e.getPath().stream()
                .map(step -> step.getFieldName() == null ? "[" + step.getIndex() + "]" : step.getFieldName())
                .collect(Collectors.joining("."));
    }
}
