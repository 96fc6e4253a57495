/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.backend.http;

import dev.defender.backend.identity.Caller;
import dev.defender.backend.identity.Origin;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Set;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Fields;
import org.jspecify.annotations.Nullable;

/** One request and its answer. For the thread that serves it. */
public final class Exchange {
    private final Request request;
    private final Response response;
    private final Caller caller;
    private final Map<String, String> variables;

    Exchange(Request request, Response response, Caller caller, Map<String, String> variables) {
        this.request = request;
        this.response = response;
        this.caller = caller;
        this.variables = variables;
    }

    public Caller caller() {
        return caller;
    }

    /** The caller and its address, for the audit trail. */
    public Origin origin() {
        return new Origin(caller.label(), remote());
    }

    /** Address of the other end of the connection. */
    public String remote() {
        return Request.getRemoteAddr(request);
    }

    /** A variable of the route's template. */
    public String variable(String name) {
        String value = variables.get(name);
        if (value == null) {
            throw new IllegalArgumentException("the route has no variable " + name);
        }
        return value;
    }

    /** The query's parameters; a name that is not {@code known}, or one given twice, is a problem. */
    public Parameters parameters(String... known) throws ProblemException {
        Fields fields;
        try {
            fields = Request.extractQueryParameters(request);
        } catch (HttpException.RuntimeException | IllegalArgumentException e) {
            throw new ProblemException(Problem.badRequest("the query is not percent-encoded UTF-8"));
        }
        return Parameters.of(fields, Set.of(known));
    }

    public @Nullable String header(String name) {
        return request.getHeaders().get(name);
    }

    /** The secret of "Authorization: Bearer"; null when there is none. */
    public @Nullable String bearer() {
        return Bearer.of(request);
    }

    /** Bytes of the body as announced; -1 = not announced. */
    public long contentLength() {
        return request.getLength();
    }

    public InputStream body() {
        return Content.Source.asInputStream(request);
    }

    /** The whole body, at most {@code limit} bytes. */
    public byte[] body(int limit) throws ProblemException, IOException {
        if (contentLength() <= limit) {
            byte[] bytes = body().readNBytes(limit + 1);
            if (bytes.length <= limit) {
                return bytes;
            }
        }
        throw new ProblemException(Problem.tooLarge("the body has at most " + limit + " bytes here"));
    }

    /** Sends a whole answer. */
    public void send(int status, String mediaType, byte[] body) throws IOException {
        response.setStatus(status);
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, mediaType);
        response.getHeaders().put(HttpHeader.CONTENT_LENGTH, body.length);
        Content.Sink.write(response, true, ByteBuffer.wrap(body));
    }

    /** Sends an answer without a body. */
    public void send(int status) throws IOException {
        response.setStatus(status);
        Content.Sink.write(response, true, ByteBuffer.allocate(0));
    }

    /** Starts a streamed answer; until its first buffer is full a problem can still take its place. To be closed. */
    public OutputStream stream(int status, String mediaType) {
        response.setStatus(status);
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, mediaType);
        return Response.asBufferedOutputStream(request, response);
    }

    /** Sets a header of the answer. */
    public void respondWith(String header, String value) {
        response.getHeaders().put(header, value);
    }
}
