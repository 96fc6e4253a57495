/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.backend.pki;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;

/** A certificate that somebody else issues and renews, in two files, such as those of a mounted Secret. */
public final class GivenCertificate implements ServerCertificate {
    private final Path certificateFile;
    private final Path keyFile;
    private volatile Identity current;

    private GivenCertificate(Path certificateFile, Path keyFile, Identity current) {
        this.certificateFile = certificateFile;
        this.keyFile = keyFile;
        this.current = current;
    }

    /**
     * Reads both files.
     *
     * @param certificateFile PEM, leaf first, then what leads to a root that clients trust
     * @param keyFile PEM, the leaf's key: EC or RSA
     * @throws IOException with one sentence that names the file
     */
    public static GivenCertificate open(Path certificateFile, Path keyFile) throws IOException {
        return new GivenCertificate(certificateFile, keyFile, read(certificateFile, keyFile));
    }

    @Override
    public Identity current() {
        return current;
    }

    @Override
    public Instant notAfter() {
        return current.leaf().getNotAfter().toInstant();
    }

    @Override
    public synchronized boolean renewIfDue() throws IOException {
        Identity found = read(certificateFile, keyFile);
        if (Arrays.equals(found.chain(), current.chain())) {
            return false;
        }
        current = found;
        return true;
    }

    private static Identity read(Path certificateFile, Path keyFile) throws IOException {
        try {
            List<X509Certificate> chain = PemFiles.readCertificates(certificateFile);
            PrivateKey key = PemFiles.readKey(keyFile);
            if (!belong(key, chain.getFirst())) {
                throw new IOException(keyFile + " is not the key of the first certificate in " + certificateFile);
            }
            return new Identity(key, chain.toArray(X509Certificate[]::new));
        } catch (NoSuchFileException e) {
            throw new IOException(e.getFile() + " is not there", e);
        }
    }

    private static boolean belong(PrivateKey key, X509Certificate leaf) throws IOException {
        String algorithm = key.getAlgorithm().startsWith("EC") ? "SHA256withECDSA" : "SHA256withRSA";
        byte[] probe = new byte[32];
        try {
            Signature signer = Signature.getInstance(algorithm);
            signer.initSign(key);
            signer.update(probe);
            byte[] signature = signer.sign();
            signer.initVerify(leaf.getPublicKey());
            signer.update(probe);
            return signer.verify(signature);
        } catch (InvalidKeyException | SignatureException e) {
            return false;
        } catch (NoSuchAlgorithmException e) {
            throw new IOException("a " + key.getAlgorithm() + " key cannot be used; it must be EC or RSA", e);
        }
    }
}
