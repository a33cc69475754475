// SPDX-License-Identifier: Apache-2.0

// The moves of a ledger that are not settled, in lists that need no memory of their own: a place
// that is given back is taken again.

/// Moves, each in one list.
struct MoveStore {
    /// The numbers of their pieces.
    var texts = TextStore()
    private var moves: [LedgerMove] = []
    private var free: Int32 = -1

    /// The move at a place.
    subscript(place: Int32) -> LedgerMove { moves[Int(place)] }

    /// Keeps a move. Returns its place.
    mutating func add(_ move: LedgerMove) -> Int32 {
        guard free >= 0 else {
            moves.append(move)
            return Int32(truncatingIfNeeded: moves.count - 1)
        }
        let place = free
        free = moves[Int(place)].next
        moves[Int(place)] = move
        return place
    }

    /// Puts a move behind another one.
    mutating func link(_ place: Int32, _ next: Int32) { moves[Int(place)].next = next }

    /// The moves of a list.
    func list(from first: Int32) -> [LedgerMove] {
        var list: [LedgerMove] = []
        var place = first
        while place >= 0 {
            list.append(moves[Int(place)])
            place = moves[Int(place)].next
        }
        return list
    }

    /// Gives the places of a list back.
    mutating func free(from first: Int32) {
        var place = first
        while place >= 0 {
            let next = moves[Int(place)].next
            texts.release(moves[Int(place)].reference)
            moves[Int(place)].next = free
            free = place
            place = next
        }
    }
}
