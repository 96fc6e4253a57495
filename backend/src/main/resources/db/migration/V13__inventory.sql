-- SPDX-License-Identifier: Apache-2.0
-- The clusters' Kubernetes objects as they were last reported, and how far their lists are complete.

CREATE TABLE inventory_object (
    object_id        bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    cluster          text        NOT NULL,
    uid              text        NOT NULL,
    resource         text        NOT NULL, -- plural, with the group where there is one
    api_version      text        NOT NULL,
    kind             text        NOT NULL,
    namespace        text,
    name             text        NOT NULL, -- empty: all that is known of it is that it is gone
    resource_version bigint      NOT NULL,
    hash             bigint      NOT NULL,
    owner_kind       text,
    owner_name       text,
    owner_uid        text,
    node             text,
    service_account  text,
    images           text,       -- one per line
    reason           text,       -- of a Kubernetes Event
    omitted          integer     NOT NULL,
    first_seen       timestamptz NOT NULL,
    last_seen        timestamptz NOT NULL,
    deleted_at       timestamptz,
    list_stream      bigint,     -- the last list that named it: stream, and number within the stream
    list_number      bigint,
    body             jsonb       NOT NULL,
    UNIQUE (cluster, uid)
) WITH (fillfactor = 80);

CREATE INDEX inventory_object_resource ON inventory_object (cluster, resource);
CREATE INDEX inventory_object_deleted ON inventory_object (deleted_at) WHERE deleted_at IS NOT NULL;

CREATE TABLE inventory_list (
    cluster          text        NOT NULL,
    resource         text        NOT NULL,
    list_stream      bigint      NOT NULL,
    list_number      bigint      NOT NULL,
    state            text        NOT NULL, -- running, complete, partial
    reason           text        NOT NULL,
    objects          bigint      NOT NULL,
    resource_version bigint      NOT NULL, -- of the last complete list
    began            timestamptz NOT NULL,
    ended            timestamptz,
    complete_at      timestamptz,          -- when a list was last complete
    PRIMARY KEY (cluster, resource)
) WITH (fillfactor = 50);
