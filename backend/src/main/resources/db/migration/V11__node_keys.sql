-- SPDX-License-Identifier: Apache-2.0
-- The keys by which a cluster's API server signs the tokens of its nodes' publishers. Public keys only.

CREATE UNIQUE INDEX cluster_by_name ON cluster (name);

-- Of a cluster at most two sets, the newest with the highest id: tokens signed before a rotation stay good for a while.
CREATE TABLE cluster_node_keys (
    id      bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    cluster text        NOT NULL REFERENCES cluster (id),
    issuer  text        NOT NULL,
    jwks    text        NOT NULL,
    since   timestamptz NOT NULL
);

CREATE INDEX cluster_node_keys_by_cluster ON cluster_node_keys (cluster, id);
