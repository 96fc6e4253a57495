/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.backend.http;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Finds the route of a request. A literal segment goes before a variable one. */
final class Router {
    private final List<Candidate> candidates;

    private record Candidate(Route route, List<String> segments) {}

    /** @param variables values of the template's variables, decoded */
    record Match(Route route, Map<String, String> variables) {}

    Router(List<Route> routes) {
        candidates = routes.stream()
                .map(route -> new Candidate(route, segments(route.template())))
                .sorted(java.util.Comparator.comparingLong(candidate ->
                        candidate.segments().stream().filter(Router::isVariable).count()))
                .toList();
    }

    /** @param path raw path, still percent-encoded */
    Match find(String method, String path) throws ProblemException {
        List<String> segments = segments(path);
        TreeSet<String> allowed = new TreeSet<>();
        for (Candidate candidate : candidates) {
            Map<String, String> variables = match(candidate.segments(), segments);
            if (variables != null) {
                if (candidate.route().method().equals(method)) {
                    return new Match(candidate.route(), variables);
                }
                allowed.add(candidate.route().method());
            }
        }
        throw new ProblemException(
                allowed.isEmpty()
                        ? Problem.notFound(
                                "nothing is served under this path; /api/v1 and /ingest/v1 are described by the OpenAPI document")
                        : Problem.methodNotAllowed(String.join(", ", allowed)));
    }

    private static @Nullable Map<String, String> match(List<String> template, List<String> segments)
            throws ProblemException {
        if (template.size() != segments.size()) {
            return null;
        }
        Map<String, String> variables = new HashMap<>();
        for (int i = 0; i < template.size(); i++) {
            String expected = template.get(i);
            if (isVariable(expected)) {
                variables.put(expected.substring(1, expected.length() - 1), decoded(segments.get(i)));
            } else if (!expected.equals(segments.get(i))) {
                return null;
            }
        }
        return variables;
    }

    private static String decoded(String segment) throws ProblemException {
        try {
            return URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new ProblemException(
                    Problem.badRequest("the path has a percent sign that no two hexadecimal digits follow"));
        }
    }

    private static boolean isVariable(String segment) {
        return segment.startsWith("{");
    }

    private static List<String> segments(String path) {
        return List.of(path.split("/", -1));
    }
}
