-- SPDX-License-Identifier: Apache-2.0
-- Who may speak to the backend. Secrets are stored as SHA-256 of 256 random bits, never as they are.

CREATE TABLE cluster (
    id         text PRIMARY KEY,
    name       text        NOT NULL,
    created_at timestamptz NOT NULL
);

CREATE TABLE enrolment_token (
    id         text PRIMARY KEY,
    cluster    text        NOT NULL REFERENCES cluster (id),
    hash       text        NOT NULL UNIQUE,
    created_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    revoked_at timestamptz
);

CREATE TABLE api_token (
    id         text PRIMARY KEY,
    name       text        NOT NULL,
    role       text        NOT NULL CHECK (role IN ('viewer', 'analyst', 'admin')),
    hash       text        NOT NULL UNIQUE,
    created_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    revoked_at timestamptz
);

CREATE TABLE node (
    cluster     text        NOT NULL REFERENCES cluster (id),
    name        text        NOT NULL,
    enrolled_at timestamptz NOT NULL,
    revoked_at  timestamptz,
    PRIMARY KEY (cluster, name)
);

CREATE TABLE node_certificate (
    serial     text PRIMARY KEY,
    cluster    text        NOT NULL,
    node       text        NOT NULL,
    issued_at  timestamptz NOT NULL,
    not_after  timestamptz NOT NULL,
    revoked_at timestamptz,
    FOREIGN KEY (cluster, node) REFERENCES node (cluster, name)
);

CREATE INDEX node_certificate_by_node ON node_certificate (cluster, node);

-- Append-only: every change of who may do what. Its highest id also tells other backends that something changed.
CREATE TABLE audit_entry (
    id      bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    at      timestamptz NOT NULL,
    actor   text        NOT NULL,
    remote  text        NOT NULL,
    action  text        NOT NULL,
    subject text        NOT NULL,
    detail  text        NOT NULL
);
