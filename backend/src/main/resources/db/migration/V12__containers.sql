-- SPDX-License-Identifier: Apache-2.0
-- Whose a container is: in columns of each event and alert, to search by, and once per container, for alerts whose
-- own event came before its node knew.

ALTER TABLE event
    ADD COLUMN context        smallint, -- ContextState: 1 full, 2 late, 3 missing; null: not in a container
    ADD COLUMN container_name text,
    ADD COLUMN image          text,
    ADD COLUMN namespace      text,
    ADD COLUMN pod            text;

ALTER TABLE alert
    ADD COLUMN context        smallint,
    ADD COLUMN container_name text,
    ADD COLUMN image          text,
    ADD COLUMN namespace      text,
    ADD COLUMN pod            text;

-- What the first event said that knew all. pod_uid is what a cluster's inventory joins workloads by.
CREATE TABLE container_context (
    cluster        text        NOT NULL,
    node           text        NOT NULL,
    uid            text        NOT NULL,
    pod_uid        text        NOT NULL,
    container_name text,
    image          text,
    namespace      text,
    pod            text,
    received       timestamptz NOT NULL,
    body           bytea       NOT NULL, -- a Container message
    PRIMARY KEY (cluster, node, uid)
);
CREATE INDEX container_context_pod ON container_context (cluster, pod_uid);
CREATE INDEX container_context_received ON container_context (received);
