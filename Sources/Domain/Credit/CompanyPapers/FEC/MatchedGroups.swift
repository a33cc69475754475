// SPDX-License-Identifier: Apache-2.0

// Moves that somebody matched with each other, by the code that they have in common; a group is
// forgotten when it is settled. Codes begin anew with each year and each customer, so the key is
// the account, the party and the code.

internal import CPrefetch

/// The groups of matched moves that are open.
struct MatchedGroups {
    /// A group.
    struct Group {
        fileprivate var place: Int32 = 0
        /// The code that its moves have: up to seven bytes and their count, or the number of a
        /// longer one and 255.
        fileprivate var code: UInt64 = 0
        /// What they come to, in cents.
        var left: Int64 = 0
        /// Its first and last move; -1 for none.
        var first: Int32 = -1
        /// See `first`.
        var last: Int32 = -1
        /// How many moves there are.
        var count: Int32 = 0
        /// How many of them are owed.
        var owedCount: Int32 = 0

        /// Adds a move that lies at a place behind the others. Returns what is left then.
        mutating func add(_ place: Int32, _ move: LedgerMove) -> Int64 {
            if last < 0 { first = place }
            last = place
            count += 1
            left += move.cents
            if move.isOwed { owedCount += 1 }
            return left
        }
    }

    /// Where a group is looked for: by the hash, so that most others need not be looked at.
    private struct Slot {
        var hash: UInt32 = 0
        /// -1 for none.
        var number: Int32 = -1
    }

    private var groups: [Group] = []
    private var free: [Int32] = []
    /// A power of two of them, at most three quarters of it taken.
    private var slots = [Slot](repeating: Slot(), count: 64)
    private var usedCount = 0
    /// Codes that are too long to be compared where they lie: few files have any.
    private var longCodes = ByteTable()

    subscript(number: Int32) -> Group {
        get { groups[Int(number)] }
        _modify { yield &groups[Int(number)] }
    }

    /// The groups that are left, in the order of their first moves.
    func all(before: (Int32, Int32) -> Bool) -> [Int32] {
        groups.indices.map { Int32(truncatingIfNeeded: $0) }
            .filter { self[$0].count > 0 }
            .sorted { before(self[$0].first, self[$1].first) }
    }

    /// The code of a group as text.
    func code(_ number: Int32) -> String {
        let code = self[number].code
        guard code >> 56 < 8 else { return longCodes.text(at: Int32(truncatingIfNeeded: code)) }
        return withUnsafeBytes(of: code.littleEndian) { bytes in
            WesternText.decoded(UnsafeRawBufferPointer(rebasing: bytes[..<Int(code >> 56)]))
        }
    }

    /// The number of the group of a code, which is new if there is none.
    mutating func number(_ place: Int32, _ text: UnsafeRawBufferPointer) -> Int32 {
        let code = packed(text)
        let hash = hash(place, code)
        var slot = Int(hash) & (slots.count - 1)
        while slots[slot].number >= 0 {
            let number = slots[slot].number
            if slots[slot].hash == hash, groups[Int(number)].place == place,
                groups[Int(number)].code == code
            {
                return number
            }
            slot = (slot + 1) & (slots.count - 1)
        }
        let number: Int32
        if let used = free.popLast() {
            number = used
        } else {
            groups.append(Group())
            number = Int32(truncatingIfNeeded: groups.count - 1)
        }
        self[number].place = place
        self[number].code = code
        slots[slot] = Slot(hash: hash, number: number)
        usedCount += 1
        if usedCount * 4 > slots.count * 3 { grow() }
        return number
    }

    /// Asks memory for where the group of a code is looked for.
    func foresee(_ place: Int32, _ text: UnsafeRawBufferPointer) {
        guard text.count < 8 else { return }
        let slot = Int(hash(place, Self.packed(short: text))) & (slots.count - 1)
        slots.withUnsafeBytes { vigie_prefetch($0.baseAddress, slot &* MemoryLayout<Slot>.stride) }
    }

    /// Forgets a group.
    mutating func remove(_ number: Int32) {
        let mask = slots.count - 1
        var hole = Int(hash(groups[Int(number)].place, groups[Int(number)].code)) & mask
        while slots[hole].number != number {
            guard slots[hole].number >= 0 else { return }
            hole = (hole + 1) & mask
        }
        // Those behind it move up, unless that would take them before their own place.
        var next = (hole + 1) & mask
        while slots[next].number >= 0 {
            let own = Int(slots[next].hash) & mask
            if (next &- own) & mask >= (next &- hole) & mask {
                slots[hole] = slots[next]
                hole = next
            }
            next = (next + 1) & mask
        }
        slots[hole] = Slot()
        usedCount -= 1
        self[number] = Group()
        free.append(number)
    }

    private mutating func packed(_ text: UnsafeRawBufferPointer) -> UInt64 {
        guard text.count < 8 else {
            return UInt64(UInt32(bitPattern: longCodes.number(of: text))) | 255 << 56
        }
        return Self.packed(short: text)
    }

    @inline(__always)
    private static func packed(short text: UnsafeRawBufferPointer) -> UInt64 {
        TextHash.head(text) | UInt64(truncatingIfNeeded: text.count) << 56
    }

    private func hash(_ place: Int32, _ code: UInt64) -> UInt32 {
        let word = code ^ UInt64(UInt32(bitPattern: place)) &* 0xFF51_AFD7_ED55_8CCD
        return UInt32(truncatingIfNeeded: TextHash.mixed(word))
    }

    private mutating func grow() {
        let taken = slots.filter { $0.number >= 0 }
        slots = [Slot](repeating: Slot(), count: slots.count * 2)
        for held in taken {
            var slot = Int(held.hash) & (slots.count - 1)
            while slots[slot].number >= 0 { slot = (slot + 1) & (slots.count - 1) }
            slots[slot] = held
        }
    }
}
