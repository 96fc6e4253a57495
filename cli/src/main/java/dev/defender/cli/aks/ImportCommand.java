/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.cli.aks;

import com.fasterxml.jackson.databind.JsonNode;
import dev.defender.cli.terminal.Failure;
import dev.defender.cli.terminal.Terminal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "import",
        header = "Makes DefenderProfiles of the Defender settings that Azure's tools print.",
        description = {
            "Takes managed clusters as ARM and `az aks show` print them, lists of these, their securityProfile or defender"
                    + " alone, the older azureDefender, extensions of Arc, ARM templates, and Terraform's JSON. Of one"
                    + " cluster the profile is named default, ready for kubectl apply; of several each has a name of its"
                    + " own, so that they cannot overwrite each other in one cluster: choose by --select, or write files"
                    + " by --directory.",
            "",
            "Example: az aks show -g rg -n prod -o json | defenderctl import - | kubectl apply -f -",
            "",
            "Exit status: 0 done, 2 input that cannot be used, 3 nothing to import, 4 only a part was imported."
        })
public final class ImportCommand implements Callable<Integer> {
    static final int NOTHING = 3;
    static final int PARTIAL = 4;

    private final Terminal terminal;

    @Parameters(paramLabel = "FILE", arity = "1..*", description = "JSON files; - is standard input")
    List<Path> files = List.of();

    @Option(names = "--strict", description = "refuse members that are not known, instead of reporting them")
    boolean strict;

    @Option(names = "--select", paramLabel = "CLUSTER", description = "only the cluster of this name or resource id")
    @Nullable
    String select;

    @Option(names = "--parameters", paramLabel = "FILE", description = "parameters of an ARM template")
    @Nullable
    Path parameterFile;

    @Option(
            names = {"-d", "--directory"},
            paramLabel = "DIR",
            description = "write one file for each cluster there, each with a profile named default")
    @Nullable
    Path directory;

    public ImportCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws Failure {
        Map<String, JsonNode> parameters = parameters();
        Imported imported = new Imported(select);
        for (Path file : files) {
            JsonInput input = JsonInput.read(file, System.in);
            imported.add(input, Shapes.read(input, parameters));
        }
        imported.notes().forEach(terminal::note);
        if (strict && !imported.unknown().isEmpty()) {
            throw Failure.usage("refused, because of --strict: not known are " + String.join(", ", imported.unknown()));
        }
        imported.unknown().forEach(path -> terminal.note("not known here, kept as it is: " + path));
        imported.problems().forEach(terminal::note);
        write(imported.documents());
        return status(imported);
    }

    private int status(Imported imported) {
        if (!imported.problems().isEmpty()) {
            return imported.documents().isEmpty() ? Failure.USAGE : PARTIAL;
        }
        if (imported.documents().isEmpty()) {
            terminal.note("no Defender settings found in " + String.join(", ", names()));
            return NOTHING;
        }
        return 0;
    }

    private List<String> names() {
        return files.stream().map(Path::toString).toList();
    }

    private void write(List<ProfileDocument> documents) throws Failure {
        if (directory != null) {
            for (ProfileDocument document : documents) {
                String label = document.cluster().name().replaceAll("[^A-Za-z0-9._-]", "_");
                Path file = directory.resolve((label.isEmpty() ? "" : label + "-") + document.hashName() + ".yaml");
                try {
                    Files.createDirectories(directory);
                    Files.writeString(file, document.yaml(ProfileDocument.DEFAULT_NAME));
                } catch (IOException e) {
                    throw Failure.file("cannot write " + file, e);
                }
                terminal.note("wrote " + file);
            }
            return;
        }
        List<String> texts = new ArrayList<>();
        for (ProfileDocument document : documents) {
            texts.add(document.yaml(documents.size() == 1 ? ProfileDocument.DEFAULT_NAME : document.hashName()));
        }
        terminal.out().print(String.join("---\n", texts));
    }

    private Map<String, JsonNode> parameters() throws Failure {
        Map<String, JsonNode> values = new HashMap<>();
        if (parameterFile != null) {
            JsonNode root = JsonInput.read(parameterFile, System.in).root();
            JsonNode given = Fields.has(root, "parameters") ? Fields.at(root, "parameters") : root;
            given.properties().forEach(entry -> {
                JsonNode value = Fields.at(entry.getValue(), "value");
                if (!value.isMissingNode()) {
                    values.put(entry.getKey().toLowerCase(Locale.ROOT), value);
                }
            });
        }
        return values;
    }
}
