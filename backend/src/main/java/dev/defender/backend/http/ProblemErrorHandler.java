/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.backend.http;

import java.util.UUID;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;

/** Answers what the HTTP engine itself refuses (bad syntax, too long headers) in the form of every other error. */
final class ProblemErrorHandler extends ErrorHandler {
    @Override
    protected void generateResponse(
            Request request, Response response, int code, String message, Throwable cause, Callback callback) {
        Problem problem = code >= 500
                ? code == 503 ? Problem.unavailable("the backend is stopping; try again", 5) : Problem.internal()
                : Problem.ofStatus(code, HttpStatus.getMessage(code));
        ProblemWriter.send(response, problem, UUID.randomUUID().toString(), callback);
    }
}
