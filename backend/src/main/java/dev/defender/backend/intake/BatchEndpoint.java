/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.backend.intake;

import dev.defender.backend.batch.BadBatchException;
import dev.defender.backend.batch.Batch;
import dev.defender.backend.batch.ByteBudget;
import dev.defender.backend.batch.OversizedBatchException;
import dev.defender.backend.http.Endpoint;
import dev.defender.backend.http.Exchange;
import dev.defender.backend.http.Json;
import dev.defender.backend.http.Problem;
import dev.defender.backend.http.ProblemException;
import dev.defender.backend.identity.Caller;
import dev.defender.backend.pki.NodeName;
import dev.defender.backend.store.EventLog;
import dev.defender.backend.store.Receipt;
import dev.defender.backend.store.SequenceJumpException;
import dev.defender.backend.store.StoreUnavailableException;
import dev.defender.protocol.v1.BatchHeader;
import java.io.IOException;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes a batch of the node that the certificate names and answers 202 when it is durable. What is refused is refused
 * before memory is given to it where that can be known.
 */
final class BatchEndpoint implements Endpoint {
    private static final Logger LOG = LoggerFactory.getLogger(BatchEndpoint.class);

    /** Soon, since the budget empties as fast as batches are committed. */
    private static final int BUSY_RETRY_AFTER_SECONDS = 1;

    private final EventLog log;
    private final BatchBody body;
    private final IntakeMeters meters;
    private final InstantSource clock;

    BatchEndpoint(EventLog log, ByteBudget budget, IntakeMeters meters, InstantSource clock) {
        this.log = log;
        this.body = new BatchBody(budget);
        this.meters = meters;
        this.clock = clock;
    }

    @Override
    public void serve(Exchange exchange) throws ProblemException, IOException {
        if (!(exchange.caller() instanceof Caller.Node(NodeName name, String serial))) {
            throw new IllegalStateException("the route must be for nodes");
        }
        BatchHeaders.check(exchange);
        try {
            Receipt receipt = body.read(exchange, batch -> append(batch, name));
            Json.stream(exchange, 202, json -> {
                json.writeStartObject();
                json.writeNumberField("stored", receipt.stored());
                json.writeNumberField("duplicates", receipt.duplicates());
                json.writeNumberField("durable_sequence", receipt.durableSequence());
                json.writeEndObject();
            });
        } catch (BadBatchException e) {
            meters.refused(IntakeMeters.Reason.BAD_BATCH);
            LOG.warn("node {} of cluster {} sent a bad batch: {}", name.node(), name.cluster(), e.getMessage());
            throw new ProblemException(Problem.badBatch(String.valueOf(e.getMessage())));
        } catch (OversizedBatchException e) {
            meters.refused(IntakeMeters.Reason.OVERSIZED);
            throw new ProblemException(Problem.tooLarge(e.getMessage() + "; split it"));
        } catch (BatchBody.BudgetExhaustedException e) {
            meters.refused(IntakeMeters.Reason.BUSY);
            throw new ProblemException(Problem.unavailable(
                    "other batches hold all the memory that batches may have; try again", BUSY_RETRY_AFTER_SECONDS));
        } catch (SequenceJumpException e) {
            meters.refused(IntakeMeters.Reason.SEQUENCE_JUMP);
            LOG.warn("node {} of cluster {}: {}", name.node(), name.cluster(), e.getMessage());
            throw new ProblemException(Problem.forbidden(String.valueOf(e.getMessage())));
        } catch (StoreUnavailableException e) {
            meters.refused(IntakeMeters.Reason.STORE_UNAVAILABLE);
            LOG.warn("a batch cannot be stored now: {}", e.getMessage());
            throw new ProblemException(Problem.unavailable(
                    "the store does not answer; try again",
                    Math.max(1, e.retryAfter().toSeconds())));
        }
    }

    private Receipt append(Batch batch, NodeName name)
            throws ProblemException, BadBatchException, SequenceJumpException, StoreUnavailableException {
        BatchHeader header = batch.header();
        if (!header.getNode().equals(name.node()) || !header.getCluster().equals(name.cluster())) {
            meters.refused(IntakeMeters.Reason.FOREIGN_IDENTITY);
            LOG.warn(
                    "node {} of cluster {} sent a batch in the name of node {} of cluster {}",
                    name.node(),
                    name.cluster(),
                    header.getNode(),
                    header.getCluster());
            throw new ProblemException(Problem.forbidden("the certificate is of node " + name.node() + " in cluster "
                    + name.cluster() + ", the batch names node " + header.getNode() + " in cluster "
                    + header.getCluster()));
        }
        return log.append(batch, clock.instant());
    }
}
