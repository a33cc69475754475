// SPDX-License-Identifier: Apache-2.0
// The bump allocator; see vigie_arena.h.
#include "vigie_arena.h"

#include <stdalign.h>
#include <stdint.h>
#include <stdlib.h>

enum { ALIGNMENT = 16 };

typedef struct chunk {
    struct chunk *next;
    size_t capacity;
    size_t used;
    alignas(ALIGNMENT) uint8_t bytes[];
} chunk;

struct vigie_arena {
    ProtobufCAllocator allocator;
    chunk *newest;
    size_t chunk_bytes;
    size_t retained_bytes_max;
    size_t limit_bytes;
    size_t taken_bytes;
    bool refused;
};

static void *allocate(void *arena, size_t size) { return vigie_arena_take(arena, size); }

static void release_nothing(void *arena, void *pointer) {
    (void)arena;
    (void)pointer;
}

vigie_arena *vigie_arena_create(size_t chunk_bytes, size_t retained_bytes_max) {
    vigie_arena *arena = calloc(1, sizeof(*arena));
    if (arena == NULL) {
        abort();
    }
    arena->allocator = (ProtobufCAllocator){allocate, release_nothing, arena};
    arena->chunk_bytes = chunk_bytes;
    arena->retained_bytes_max = retained_bytes_max;
    return arena;
}

void vigie_arena_destroy(vigie_arena *arena) {
    arena->retained_bytes_max = 0;
    vigie_arena_reset(arena, 0);
    free(arena);
}

void vigie_arena_reset(vigie_arena *arena, size_t limit_bytes) {
    chunk *kept = NULL;
    for (chunk *current = arena->newest; current != NULL;) {
        chunk *next = current->next;
        bool fits = current->capacity <= arena->retained_bytes_max;
        if (fits && (kept == NULL || current->capacity > kept->capacity)) {
            free(kept);
            kept = current;
        } else {
            free(current);
        }
        current = next;
    }
    if (kept != NULL) {
        kept->next = NULL;
        kept->used = 0;
    }
    arena->newest = kept;
    arena->limit_bytes = limit_bytes;
    arena->taken_bytes = 0;
    arena->refused = false;
}

void *vigie_arena_take(vigie_arena *arena, size_t size) {
    // The limit is checked first, on the size as asked for: nothing below can overflow.
    if (size > arena->limit_bytes - arena->taken_bytes) {
        arena->refused = true;
        return NULL;
    }
    size_t rounded = (size + ALIGNMENT - 1) & ~(size_t)(ALIGNMENT - 1);
    chunk *current = arena->newest;
    if (current == NULL || rounded > current->capacity - current->used) {
        size_t capacity = rounded > arena->chunk_bytes ? rounded : arena->chunk_bytes;
        current = malloc(sizeof(chunk) + capacity);
        if (current == NULL) {
            arena->refused = true;
            return NULL;
        }
        *current = (chunk){.next = arena->newest, .capacity = capacity};
        arena->newest = current;
    }
    void *taken = current->bytes + current->used;
    current->used += rounded;
    size_t left_bytes = arena->limit_bytes - arena->taken_bytes;
    arena->taken_bytes += rounded < left_bytes ? rounded : left_bytes;
    return taken;
}

bool vigie_arena_refused(const vigie_arena *arena) { return arena->refused; }

size_t vigie_arena_taken_bytes(const vigie_arena *arena) { return arena->taken_bytes; }

ProtobufCAllocator *vigie_arena_allocator(vigie_arena *arena) { return &arena->allocator; }
