// SPDX-License-Identifier: Apache-2.0
// Memory for nghttp2, which takes and gives back a dozen small pieces for each call.
// Those of one event loop are kept in lists by size: to take one from there costs a
// few nanoseconds, where malloc, asked for hundreds in a row, needs tens.
#ifndef VIGIE_SESSION_MEMORY_H
#define VIGIE_SESSION_MEMORY_H

#include <nghttp2/nghttp2.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum {
    /// Sizes of pieces are multiples of this. List 0 stands for anything larger than the largest
    /// of them and stays empty.
    VIGIE_PIECE_STEP_BYTES = 64,
    VIGIE_PIECE_SIZES = 17,
    /// More free pieces of a size are not kept.
    VIGIE_PIECES_MAX = 512,
};

/// What stands before the memory of a piece: its size, and in a free one the next free one.
typedef struct vigie_piece {
    size_t size;
    struct vigie_piece *next;
} vigie_piece;

/// Free pieces of one size.
typedef struct {
    vigie_piece *first;
    size_t count;
} vigie_piece_list;

/// Free pieces by size, for the sessions of one thread. All zero at first.
typedef struct {
    vigie_piece_list lists[VIGIE_PIECE_SIZES];
} vigie_pieces;

static inline void *vigie_take_memory(size_t byte_count, void *user) {
    vigie_pieces *pieces = (vigie_pieces *)user;
    if (byte_count > SIZE_MAX / 2) {
        return NULL;
    }
    size_t steps =
        (byte_count + sizeof(vigie_piece) + VIGIE_PIECE_STEP_BYTES - 1) / VIGIE_PIECE_STEP_BYTES;
    size_t size = steps < VIGIE_PIECE_SIZES ? steps : 0;
    vigie_piece_list *list = &pieces->lists[size];
    vigie_piece *piece = list->first;
    if (piece != NULL) {
        list->first = piece->next;
        list->count--;
        return piece + 1;
    }
    piece = (vigie_piece *)malloc(steps * VIGIE_PIECE_STEP_BYTES);
    if (piece == NULL) {
        return NULL;
    }
    piece->size = size;
    return piece + 1;
}

static inline void vigie_give_back_memory(void *memory, void *user) {
    vigie_pieces *pieces = (vigie_pieces *)user;
    if (memory == NULL) {
        return;
    }
    vigie_piece *piece = (vigie_piece *)memory - 1;
    vigie_piece_list *list = &pieces->lists[piece->size];
    if (piece->size == 0 || list->count >= VIGIE_PIECES_MAX) {
        free(piece);
        return;
    }
    piece->next = list->first;
    list->first = piece;
    list->count++;
}

static inline void *vigie_take_zeroed_memory(size_t count, size_t byte_count, void *user) {
    size_t whole;
    if (__builtin_mul_overflow(count, byte_count, &whole)) {
        return NULL;
    }
    void *memory = vigie_take_memory(whole, user);
    return memory == NULL ? NULL : memset(memory, 0, whole);
}

static inline void *vigie_resize_memory(void *memory, size_t byte_count, void *user) {
    if (memory == NULL) {
        return vigie_take_memory(byte_count, user);
    }
    vigie_piece *piece = (vigie_piece *)memory - 1;
    if (byte_count > SIZE_MAX / 2) {
        return NULL;
    }
    if (piece->size == 0) {
        piece = (vigie_piece *)realloc(piece, byte_count + sizeof(vigie_piece));
        return piece == NULL ? NULL : piece + 1;
    }
    size_t room = piece->size * VIGIE_PIECE_STEP_BYTES - sizeof(vigie_piece);
    if (byte_count <= room) {
        return memory;
    }
    void *grown = vigie_take_memory(byte_count, user);
    if (grown != NULL) {
        memcpy(grown, memory, room);
        vigie_give_back_memory(memory, user);
    }
    return grown;
}

/// What nghttp2 calls.
static inline nghttp2_mem vigie_memory_functions(vigie_pieces *pieces) {
    nghttp2_mem functions = {pieces, vigie_take_memory, vigie_give_back_memory,
                             vigie_take_zeroed_memory, vigie_resize_memory};
    return functions;
}

/// Gives all free pieces back to the system.
static inline void vigie_release_pieces(vigie_pieces *pieces) {
    for (size_t size = 0; size < VIGIE_PIECE_SIZES; size++) {
        vigie_piece_list *list = &pieces->lists[size];
        while (list->first != NULL) {
            vigie_piece *piece = list->first;
            list->first = piece->next;
            free(piece);
        }
        list->count = 0;
    }
}

#endif
