/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.backend.service;

import dev.defender.backend.identity.Identities;
import dev.defender.backend.identity.IdentityUnavailableException;
import dev.defender.backend.pki.ServerCertificate;
import java.io.IOException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What must happen from time to time: the server certificate's renewal, and news of other backends' changes. */
final class Housekeeping implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Housekeeping.class);
    private static final int REFRESH_SECONDS = 5;
    private static final int RENEWAL_CHECK_MINUTES = 10;

    private final ScheduledExecutorService schedule = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("housekeeping").daemon().factory());

    private Housekeeping() {}

    static Housekeeping start(Identities identities, ServerCertificate certificate) {
        Housekeeping housekeeping = new Housekeeping();
        housekeeping.schedule.scheduleWithFixedDelay(
                () -> refresh(identities), REFRESH_SECONDS, REFRESH_SECONDS, TimeUnit.SECONDS);
        housekeeping.schedule.scheduleWithFixedDelay(
                () -> renew(certificate), RENEWAL_CHECK_MINUTES, RENEWAL_CHECK_MINUTES, TimeUnit.MINUTES);
        return housekeeping;
    }

    private static void refresh(Identities identities) {
        try {
            identities.refresh();
        } catch (IdentityUnavailableException e) {
            LOG.warn("changes of identities by other backends are not seen now: {}", e.getMessage());
        }
    }

    private static void renew(ServerCertificate certificate) {
        try {
            if (certificate.renewIfDue()) {
                LOG.info("the server certificate was renewed and is good until {}", certificate.notAfter());
            }
        } catch (IOException e) {
            LOG.error(
                    "the server certificate cannot be renewed: {}; the present one ends at {}",
                    e.getMessage(),
                    certificate.notAfter());
        }
    }

    @Override
    public void close() {
        schedule.shutdownNow();
    }
}
