// SPDX-License-Identifier: Apache-2.0
// Memory for one decoded message: a bump allocator that protobuf-c takes its
// memory from. Everything is given back at once by a reset, and a message can
// never take more than the limit it was given, whatever its bytes say.
#ifndef VIGIE_ARENA_H
#define VIGIE_ARENA_H

#include <protobuf-c/protobuf-c.h>
#include <stdbool.h>
#include <stddef.h>

typedef struct vigie_arena vigie_arena;

/// Makes an arena whose chunks have at least `chunk_bytes` and which keeps one
/// chunk of at most `retained_bytes_max` over a reset. Without memory for the
/// arena itself it ends the process, as Swift's own allocations do.
vigie_arena *vigie_arena_create(size_t chunk_bytes, size_t retained_bytes_max);

/// Gives back the arena and everything that was taken from it.
void vigie_arena_destroy(vigie_arena *arena);

/// Gives back everything that was taken and sets how many bytes can be taken
/// until the next reset.
void vigie_arena_reset(vigie_arena *arena, size_t limit_bytes);

/// Takes `size` bytes, aligned to 16. NULL when that would pass the limit.
void *vigie_arena_take(vigie_arena *arena, size_t size);

/// Whether the arena has refused memory since the last reset: what tells a
/// message that is too large from one that is malformed.
bool vigie_arena_refused(const vigie_arena *arena);

/// Bytes taken since the last reset.
size_t vigie_arena_taken_bytes(const vigie_arena *arena);

/// The arena as protobuf-c wants it. Lives as long as the arena.
ProtobufCAllocator *vigie_arena_allocator(vigie_arena *arena);

#endif
