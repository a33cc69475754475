// SPDX-License-Identifier: Apache-2.0
// What the headers of a request say, field by field as HPACK gives them. Some eight fields come
// with each call; with lengths that the compiler knows, each costs a compare or two of whole words.
#ifndef VIGIE_REQUEST_HEAD_H
#define VIGIE_REQUEST_HEAD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "frame_walk.h"

/// A path that the server serves.
typedef struct {
    const uint8_t *bytes;
    size_t length;
} vigie_path;

/// What applies to the headers of all requests.
typedef struct {
    size_t byte_count_max;
    size_t flood_byte_count;
    size_t count_max;
    const vigie_path *paths;
    size_t path_count;
} vigie_head_rules;

/// The header block that is being received. Of these there is one at a time in a connection.
typedef struct {
    size_t byte_count;
    size_t count;
    /// Index of the path; as many as there are paths when it is none of them.
    size_t route_index;
    bool is_post;
    bool is_get;
    bool is_head;
    bool is_grpc;
    /// Whether the path is that of the page which tells whether the server serves.
    bool is_health_page;
    /// Whether its messages may be compressed.
    bool accepts_packed;
    /// Whether those of the answer may be, with gzip.
    bool takes_gzip;
    bool is_over_limit;
    bool timeout_is_malformed;
} vigie_request_head;

typedef enum {
    /// Nothing is left to do with the field.
    VIGIE_FIELD_TAKEN = 0,
    /// The field is metadata, for services.
    VIGIE_FIELD_METADATA,
    /// The field is grpc-timeout.
    VIGIE_FIELD_TIMEOUT,
    /// The field is authorization: for whoever tells callers apart, and for nobody else.
    VIGIE_FIELD_AUTHORIZATION,
    /// The field is a path that is none of a method.
    VIGIE_FIELD_PLAIN_PATH,
    /// The client must be cut off: it goes on and on after a limit was passed. A compressed bomb
    /// unpacks to far more than it takes to send.
    VIGIE_FIELD_FLOOD,
} vigie_field;

#define VIGIE_IS(bytes, text) (memcmp(bytes, text, sizeof(text) - 1) == 0)

static inline void vigie_request_head_begin(vigie_request_head *head,
                                            const vigie_head_rules *rules) {
    *head = (vigie_request_head){.route_index = rules->path_count};
}

static inline size_t vigie_route_index(const vigie_head_rules *rules, const uint8_t *value,
                                       size_t length) {
    // A handful of routes: comparing lengths first beats hashing.
    for (size_t index = 0; index < rules->path_count; index++) {
        if (rules->paths[index].length == length &&
            memcmp(rules->paths[index].bytes, value, length) == 0) {
            return index;
        }
    }
    return rules->path_count;
}

/// Whether a path is that of the page, whatever is asked of it behind a question mark.
static inline bool vigie_is_health_page(const uint8_t *value, size_t length) {
    return length >= 8 && VIGIE_IS(value, "/healthz") && (length == 8 || value[8] == '?');
}

static inline bool vigie_is_grpc(const uint8_t *value, size_t length) {
    return length >= 16 && VIGIE_IS(value, "application/grpc") &&
           (length == 16 || value[16] == '+' || value[16] == ';');
}

/// Whether a list of encodings has gzip, which most have as the last.
static inline bool vigie_has_gzip(const uint8_t *value, size_t length) {
    for (size_t end = length; end >= 4; end--) {
        if (VIGIE_IS(value + end - 4, "gzip") && (end == length || value[end] == ',') &&
            (end == 4 || value[end - 5] == ',' || value[end - 5] == ' ')) {
            return true;
        }
    }
    return false;
}

static inline vigie_field vigie_request_head_receive(vigie_request_head *head,
                                                     const vigie_head_rules *rules,
                                                     const uint8_t *name, size_t name_length,
                                                     const uint8_t *value, size_t value_length) {
    head->count++;
    head->byte_count += name_length + value_length + 32;
    if (head->byte_count > rules->byte_count_max || head->count > rules->count_max) {
        head->is_over_limit = true;
        return head->byte_count > rules->flood_byte_count ? VIGIE_FIELD_FLOOD : VIGIE_FIELD_TAKEN;
    }
    switch (name_length) {
    case 2:
        if (VIGIE_IS(name, "te")) {
            return VIGIE_FIELD_TAKEN;
        }
        break;
    case 5:
        if (VIGIE_IS(name, ":path")) {
            head->route_index = vigie_route_index(rules, value, value_length);
            head->is_health_page = vigie_is_health_page(value, value_length);
            return head->route_index == rules->path_count ? VIGIE_FIELD_PLAIN_PATH
                                                          : VIGIE_FIELD_TAKEN;
        }
        break;
    case 7:
        if (VIGIE_IS(name, ":method")) {
            head->is_post = value_length == 4 && VIGIE_IS(value, "POST");
            head->is_get = value_length == 3 && VIGIE_IS(value, "GET");
            head->is_head = value_length == 4 && VIGIE_IS(value, "HEAD");
            return VIGIE_FIELD_TAKEN;
        }
        break;
    case 10:
        if (VIGIE_IS(name, "user-agent")) {
            return VIGIE_FIELD_TAKEN;
        }
        break;
    case 12:
        if (VIGIE_IS(name, "content-type")) {
            head->is_grpc = vigie_is_grpc(value, value_length);
            return head->is_grpc ? VIGIE_FIELD_TAKEN : VIGIE_FIELD_METADATA;
        }
        if (VIGIE_IS(name, "grpc-timeout")) {
            return VIGIE_FIELD_TIMEOUT;
        }
        break;
    case 13:
        if (VIGIE_IS(name, "authorization")) {
            return VIGIE_FIELD_AUTHORIZATION;
        }
        if (VIGIE_IS(name, "grpc-encoding")) {
            head->accepts_packed = (value_length == 4 && VIGIE_IS(value, "gzip")) ||
                                   (value_length == 7 && VIGIE_IS(value, "deflate"));
            return VIGIE_FIELD_TAKEN;
        }
        break;
    case 14:
        if (VIGIE_IS(name, "content-length")) {
            return VIGIE_FIELD_TAKEN;
        }
        break;
    case 15:
        if (VIGIE_IS(name, "accept-encoding")) {
            return VIGIE_FIELD_TAKEN;
        }
        break;
    case 20:
        if (VIGIE_IS(name, "grpc-accept-encoding")) {
            head->takes_gzip = vigie_has_gzip(value, value_length);
            return VIGIE_FIELD_TAKEN;
        }
        break;
    default:
        break;
    }
    // Other pseudo-headers, such as :authority, say nothing that the server acts on.
    return name_length > 0 && name[0] == ':' ? VIGIE_FIELD_TAKEN : VIGIE_FIELD_METADATA;
}

#undef VIGIE_IS

/// What the callbacks of a connection share: nghttp2's user data.
typedef struct {
    /// The ServerSession.
    void *session;
    vigie_head_rules rules;
    vigie_request_head head;
    vigie_frame_walk walk;
    /// Flags and length of the frame being received.
    size_t frame_length;
    uint8_t frame_flags;
    /// Bytes that are still to come of a DATA frame without padding, and its stream.
    int32_t data_stream_id;
    size_t data_left;
    /// The call that was looked up last, for as long as nghttp2 knows it.
    int32_t last_stream_id;
    void *last_call;
} vigie_connection;

#endif
