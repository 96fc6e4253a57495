/* SPDX-License-Identifier: Apache-2.0 */
import java.io.IOException;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/**
 * Fetches Maven with nothing but a JDK and checks it against a pinned SHA-512. Arguments: version, checksum, directory to
 * unpack into. Source: the mirror named by MVNW_REPOURL (the Maven wrapper's variable), else the mirror of Central in the
 * user's settings.xml, else Maven Central.
 */
final class FetchMaven {
    public static void main(String[] args) throws InterruptedException {
        String source = "";
        try {
            source = repository() + "/org/apache/maven/apache-maven/%1$s/apache-maven-%1$s-bin.tar.gz".formatted(args[0]);
            unpack(download(URI.create(source), args[1], Path.of(args[2])), Path.of(args[2]), args[0]);
        } catch (IOException | GeneralSecurityException e) {
            System.err.println("Cannot fetch " + source + ": " + (e.getMessage() == null ? e : e.getMessage()));
            System.exit(1);
        }
    }

    private static String repository() throws IOException {
        String url = System.getenv("MVNW_REPOURL");
        if (url == null || url.isBlank()) {
            url = mirrorInSettings().orElse("https://repo.maven.apache.org/maven2");
        }
        return url.replaceAll("/+$", "");
    }

    private static Optional<String> mirrorInSettings() throws IOException {
        Path settings = Path.of(System.getenv().getOrDefault("HOME", "/"), ".m2/settings.xml");
        if (!Files.isReadable(settings)) {
            return Optional.empty();
        }
        try {
            NodeList mirrors = DocumentBuilderFactory.newDefaultInstance()
                    .newDocumentBuilder()
                    .parse(settings.toFile())
                    .getElementsByTagName("mirror");
            for (int i = 0; i < mirrors.getLength(); i++) {
                Element mirror = (Element) mirrors.item(i);
                String of = text(mirror, "mirrorOf");
                if (of.matches("(.*,)?(\\*|external:\\*|central)(,.*)?") && !of.contains("!central")) {
                    return Optional.of(text(mirror, "url"));
                }
            }
            return Optional.empty();
        } catch (ParserConfigurationException | SAXException e) {
            throw new IOException(settings + " is not readable XML: " + e.getMessage(), e);
        }
    }

    private static String text(Element parent, String name) {
        NodeList found = parent.getElementsByTagName(name);
        return found.getLength() == 0 ? "" : found.item(0).getTextContent().strip();
    }

    private static Path download(URI source, String sha512, Path directory)
            throws IOException, InterruptedException, GeneralSecurityException {
        Path file = Files.createTempFile(directory, "maven", ".part");
        file.toFile().deleteOnExit();
        try (HttpClient client = HttpClient.newBuilder()
                .followRedirects(HttpClient.Redirect.NORMAL)
                .proxy(ProxySelector.getDefault())
                .connectTimeout(Duration.ofSeconds(20))
                .build()) {
            HttpRequest request = HttpRequest.newBuilder(source).timeout(Duration.ofMinutes(3)).build();
            int status = client.send(request, HttpResponse.BodyHandlers.ofFile(file)).statusCode();
            if (status != 200) {
                throw new IOException("the server answered " + status);
            }
        }
        String found = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-512").digest(Files.readAllBytes(file)));
        if (!found.equals(sha512)) {
            throw new IOException("its SHA-512 is " + found + ", not the pinned one");
        }
        return file;
    }

    private static void unpack(Path archive, Path directory, String version) throws IOException, InterruptedException {
        Path part = Files.createTempDirectory(directory, "maven");
        Process tar = new ProcessBuilder("tar", "-xzf", archive.toString(), "-C", part.toString()).inheritIO().start();
        if (tar.waitFor() != 0) {
            throw new IOException("tar could not unpack it");
        }
        Files.move(part.resolve("apache-maven-" + version), directory.resolve("apache-maven-" + version));
        Files.delete(part);
    }
}
