// SPDX-License-Identifier: Apache-2.0
// Looks at the head of each frame of a client before nghttp2 has it, which passes over what it does
// not know, and over what comes for streams that it knows no more, without a word and without end.
// A call costs two frames, and a head some nanoseconds.
#ifndef VIGIE_FRAME_WALK_H
#define VIGIE_FRAME_WALK_H

#include <nghttp2/nghttp2.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    VIGIE_FRAME_HEAD_BYTES = 9,
    /// Bytes with which a client greets.
    VIGIE_PREFACE_BYTES = 24,
    /// Frames that carry nothing which one that does makes good.
    VIGIE_MADE_GOOD = 4,
    /// Bytes of an answer for which its reader may open windows once more, and the most of that.
    VIGIE_WINDOW_STEP_BYTES = 512,
    VIGIE_WINDOW_CREDIT_MAX = 1 << 20,
    /// Windows that a client may open before it has had anything.
    VIGIE_WINDOW_CREDIT_FIRST = 16,
};

/// What is found of a frame, before nghttp2 has its head.
typedef enum {
    VIGIE_FINDING_NONE = 0,
    /// One more that carries nothing, and that is too many.
    VIGIE_FINDING_FLOOD,
    /// HEADERS or DATA of a stream that was begun before, and may be over.
    VIGIE_FINDING_OLD_STREAM,
    /// HEADERS that leave out streams, which so never begin.
    VIGIE_FINDING_GAP,
    /// PRIORITY of stream 0.
    VIGIE_FINDING_PRIORITY_OF_NONE,
    /// PRIORITY of a stream that depends on itself.
    VIGIE_FINDING_PRIORITY_OF_ITSELF,
} vigie_finding;

/// Where a connection is in its frames.
typedef struct {
    /// The head that is coming, and of some frames a few bytes behind it.
    uint8_t head[VIGIE_FRAME_HEAD_BYTES + 4];
    uint8_t head_count;
    uint8_t head_wanted;
    /// Bytes of the frame that are still to come; at first, of the preface.
    uint32_t left;

    // The frame whose head came last.
    uint8_t type;
    uint8_t flags;
    int32_t stream_id;
    uint32_t length;
    /// Whether it is DATA that carries nothing.
    bool is_empty;
    /// Bytes that were looked at of it.
    uint8_t looked_at;

    /// Greatest stream that was begun; less than any before the first.
    int32_t last_stream_id;
    /// The one before.
    int32_t previous_stream_id;
    /// A stream on which more may come, as far as the client goes; 0 for none that is known.
    int32_t open_stream_id;

    /// Frames that carry nothing and were not made good, and how many may be.
    uint32_t empty_count;
    uint32_t empty_max;
    /// Windows that the client may yet open, by what it was sent.
    uint32_t window_credit;
    /// Streams that were begun and not reset: each may be, once.
    uint32_t reset_credit;
} vigie_frame_walk;

static inline void vigie_walk_begin(vigie_frame_walk *walk, size_t empty_max) {
    *walk = (vigie_frame_walk){
        .head_wanted = VIGIE_FRAME_HEAD_BYTES,
        .left = VIGIE_PREFACE_BYTES,
        .last_stream_id = -1,
        .empty_max = empty_max < UINT32_MAX ? (uint32_t)empty_max : UINT32_MAX,
        .window_credit = VIGIE_WINDOW_CREDIT_FIRST,
    };
}

/// A frame of an answer is on its way: its reader may open windows for what it has taken.
static inline void vigie_walk_sent(vigie_frame_walk *walk, size_t length) {
    size_t credit = walk->window_credit + 4 + length / VIGIE_WINDOW_STEP_BYTES;
    walk->window_credit =
        credit < VIGIE_WINDOW_CREDIT_MAX ? (uint32_t)credit : VIGIE_WINDOW_CREDIT_MAX;
}

/// Forgets some frames that carried nothing.
static inline void vigie_walk_forgive(vigie_frame_walk *walk, uint32_t count) {
    walk->empty_count = walk->empty_count > count ? walk->empty_count - count : 0;
}

/// One more frame carries nothing.
static inline vigie_finding vigie_walk_draw(vigie_frame_walk *walk) {
    walk->empty_count++;
    return walk->empty_count > walk->empty_max ? VIGIE_FINDING_FLOOD : VIGIE_FINDING_NONE;
}

static inline vigie_finding vigie_look_at_data(vigie_frame_walk *walk) {
    bool ends = walk->flags & NGHTTP2_FLAG_END_STREAM;
    bool is_padded = walk->flags & NGHTTP2_FLAG_PADDED;
    size_t padding = is_padded ? 1 + (size_t)walk->head[VIGIE_FRAME_HEAD_BYTES] : 0;
    walk->is_empty = walk->length <= padding && !ends;
    bool is_known = walk->stream_id == walk->open_stream_id;
    vigie_finding finding = VIGIE_FINDING_NONE;
    if (walk->is_empty) {
        finding = vigie_walk_draw(walk);
    } else if (is_known) {
        vigie_walk_forgive(walk, VIGIE_MADE_GOOD);
    }
    if (is_known && !ends) {
        return finding;
    }
    walk->open_stream_id = 0;
    bool may_be_over = !is_known && walk->stream_id <= walk->last_stream_id;
    return finding == VIGIE_FINDING_NONE && may_be_over ? VIGIE_FINDING_OLD_STREAM : finding;
}

static inline vigie_finding vigie_look_at_headers(vigie_frame_walk *walk) {
    walk->open_stream_id = 0;
    if (walk->stream_id <= walk->last_stream_id) {
        return VIGIE_FINDING_OLD_STREAM;
    }
    if (walk->stream_id % 2 == 0) {
        return VIGIE_FINDING_NONE; // nghttp2 ends the connection.
    }
    vigie_walk_forgive(walk, VIGIE_MADE_GOOD);
    walk->reset_credit++;
    walk->window_credit += walk->window_credit < VIGIE_WINDOW_CREDIT_MAX ? 2 : 0;
    walk->previous_stream_id = walk->last_stream_id;
    walk->last_stream_id = walk->stream_id;
    if (!(walk->flags & NGHTTP2_FLAG_END_STREAM)) {
        walk->open_stream_id = walk->stream_id;
    }
    bool leaves_out = walk->previous_stream_id < walk->stream_id - 2;
    return leaves_out ? VIGIE_FINDING_GAP : VIGIE_FINDING_NONE;
}

static inline vigie_finding vigie_look_at_priority(vigie_frame_walk *walk) {
    if (walk->stream_id == 0) {
        return VIGIE_FINDING_PRIORITY_OF_NONE;
    }
    const uint8_t *on = walk->head + VIGIE_FRAME_HEAD_BYTES;
    int32_t other = (on[0] & 0x7F) << 24 | on[1] << 16 | on[2] << 8 | on[3];
    if (walk->length == 5 && other == walk->stream_id) {
        return VIGIE_FINDING_PRIORITY_OF_ITSELF;
    }
    return vigie_walk_draw(walk);
}

static inline vigie_finding vigie_look_at_frame(vigie_frame_walk *walk) {
    switch (walk->type) {
    case NGHTTP2_DATA:
        return vigie_look_at_data(walk);
    case NGHTTP2_HEADERS:
        return vigie_look_at_headers(walk);
    case NGHTTP2_PRIORITY:
        return vigie_look_at_priority(walk);
    case NGHTTP2_RST_STREAM:
        if (walk->stream_id == walk->open_stream_id) {
            walk->open_stream_id = 0;
        }
        if (walk->reset_credit == 0) {
            return vigie_walk_draw(walk);
        }
        walk->reset_credit--;
        return VIGIE_FINDING_NONE;
    case NGHTTP2_WINDOW_UPDATE:
        if (walk->window_credit == 0) {
            return vigie_walk_draw(walk);
        }
        walk->window_credit--;
        return VIGIE_FINDING_NONE;
    case NGHTTP2_SETTINGS: {
        // That of the server is acknowledged; one that was not sent is an error for nghttp2.
        bool is_answer = walk->flags & NGHTTP2_FLAG_ACK;
        return is_answer ? VIGIE_FINDING_NONE : vigie_walk_draw(walk);
    }
    case NGHTTP2_PING: {
        // Those that are to be answered are counted by time.
        bool is_answer = walk->flags & NGHTTP2_FLAG_ACK;
        return is_answer ? vigie_walk_draw(walk) : VIGIE_FINDING_NONE;
    }
    case NGHTTP2_CONTINUATION:
        return walk->length == 0 ? vigie_walk_draw(walk) : VIGIE_FINDING_NONE;
    default:
        return vigie_walk_draw(walk);
    }
}

/// Bytes behind the head that are looked at, too.
static inline uint8_t vigie_walk_behind_head(const vigie_frame_walk *walk) {
    if (walk->type == NGHTTP2_PRIORITY && walk->length == 5) {
        return 4;
    }
    return walk->type == NGHTTP2_DATA && walk->flags & NGHTTP2_FLAG_PADDED && walk->length > 0;
}

static inline void vigie_walk_read_head(vigie_frame_walk *walk) {
    const uint8_t *head = walk->head;
    walk->length = (uint32_t)head[0] << 16 | (uint32_t)head[1] << 8 | head[2];
    walk->type = head[3];
    walk->flags = head[4];
    walk->stream_id = (head[5] & 0x7F) << 24 | head[6] << 16 | head[7] << 8 | head[8];
    walk->head[VIGIE_FRAME_HEAD_BYTES] = 0;
}

/// Goes on to the next frame of which something is found, whose head then ends at `used`, or to the
/// end of the bytes.
static inline vigie_finding vigie_walk_on(vigie_frame_walk *walk, const uint8_t *bytes,
                                          size_t count, size_t *used) {
    size_t at = 0;
    while (at < count) {
        if (walk->left > 0) {
            size_t step = walk->left < count - at ? walk->left : count - at;
            walk->left -= (uint32_t)step;
            at += step;
            continue;
        }
        while (walk->head_count < walk->head_wanted && at < count) {
            walk->head[walk->head_count++] = bytes[at++];
        }
        if (walk->head_count < walk->head_wanted) {
            break;
        }
        if (walk->head_wanted == VIGIE_FRAME_HEAD_BYTES) {
            vigie_walk_read_head(walk);
            walk->head_wanted += vigie_walk_behind_head(walk);
            if (walk->head_count < walk->head_wanted) {
                continue;
            }
        }
        walk->looked_at = walk->head_count;
        walk->left = walk->length - (walk->head_count - VIGIE_FRAME_HEAD_BYTES);
        walk->head_count = 0;
        walk->head_wanted = VIGIE_FRAME_HEAD_BYTES;
        vigie_finding finding = vigie_look_at_frame(walk);
        if (finding != VIGIE_FINDING_NONE) {
            *used = at;
            return finding;
        }
    }
    *used = at;
    return VIGIE_FINDING_NONE;
}

#endif
