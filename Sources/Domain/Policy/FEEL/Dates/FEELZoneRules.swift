// SPDX-License-Identifier: Apache-2.0

// When a zone changes its offset, out of a file in the form of RFC 8536 (TZif), as systems have
// them. After the last change of the file the rule at its end holds; of that is read what is in
// use: `CET-1CEST,M3.5.0,M10.5.0/3`.

internal import VigieLimits

/// When a zone changes its offset.
package final class FEELZoneRules: Sendable {
    /// Its name.
    package let name: String
    /// Instants of changes, ascending, in seconds since 1970-01-01T00:00:00Z.
    private let changes: [Int]
    /// The offset before the first change, and after each.
    private let offsets: [Int]
    /// What holds after the last change.
    private let rule: FEELZoneTail?

    /// UTC under a name.
    init(name: String) {
        (self.name, changes, offsets, rule) = (name, [], [0], nil)
    }

    /// Reads a file; nil when it is none.
    package init?(name: String, file: [UInt8]) {
        guard file.count <= FEELLimits.zoneFileBytes, var data = ZoneFile(file) else { return nil }
        // The second part of the file has the same in 64 bits.
        if data.version >= 2 {
            guard let wide = data.wide() else { return nil }
            data = wide
        }
        guard let table = data.table() else { return nil }
        self.name = name
        (changes, offsets) = table
        rule = data.tail().flatMap(FEELZoneTail.init)
    }

    /// The offset at an instant.
    func offset(utcSeconds: Int) -> Int {
        if let rule, changes.last.map({ utcSeconds >= $0 }) ?? true {
            return rule.offset(utcSeconds: utcSeconds)
        }
        var (low, high) = (0, changes.count)
        while low < high {
            let middle = (low + high) / 2
            if changes[middle] <= utcSeconds { low = middle + 1 } else { high = middle }
        }
        return offsets[low]
    }

    /// The offset when the clock on the wall shows a time: the earlier one of two, and of a time
    /// that is left out the one before it.
    func offset(localSeconds: Int) -> Int {
        let day = 86_400
        guard localSeconds > Int.min / 2, localSeconds < Int.max / 2 else { return 0 }
        let before = offset(utcSeconds: localSeconds - day)
        let after = offset(utcSeconds: localSeconds + day)
        guard before != after else { return before }
        if offset(utcSeconds: localSeconds - before) == before { return before }
        if offset(utcSeconds: localSeconds - after) == after { return after }
        return before
    }
}

/// The bytes of one part of a file.
private struct ZoneFile {
    let bytes: [UInt8]
    let start: Int
    let version: Int
    let timeBytes: Int
    let counts: [Int]

    init?(_ bytes: [UInt8], start: Int = 0, timeBytes: Int = 4) {
        guard bytes.count - start >= 44, Array(bytes[start..<start + 4]) == Array("TZif".utf8)
        else { return nil }
        self.bytes = bytes
        self.start = start
        self.timeBytes = timeBytes
        version = bytes[start + 4] == 0 ? 1 : Int(bytes[start + 4]) - 0x30
        counts = (0..<6).map { Self.number(bytes, start + 20 + $0 * 4, 4) }
        guard counts.allSatisfy({ $0 >= 0 && $0 <= bytes.count }), end <= bytes.count else {
            return nil
        }
    }

    private static func number(_ bytes: [UInt8], _ at: Int, _ count: Int) -> Int {
        let value = bytes[at..<at + count].reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        return count == 4
            ? Int(Int32(truncatingIfNeeded: value)) : Int(truncatingIfNeeded: value)
    }

    // In the order of the header: counts of UTC marks, standard marks, leap seconds, changes,
    // kinds, and bytes of names.
    private var changeCount: Int { counts[3] }
    private var kindCount: Int { counts[4] }
    private var kindStart: Int { start + 44 + changeCount * (timeBytes + 1) }
    private var end: Int {
        kindStart + kindCount * 6 + counts[5] + counts[2] * (timeBytes + 4) + counts[1] + counts[0]
    }

    func wide() -> ZoneFile? { ZoneFile(bytes, start: end, timeBytes: 8) }

    func table() -> (changes: [Int], offsets: [Int])? {
        guard kindCount > 0 else { return nil }
        let kinds = (0..<kindCount).map { Self.number(bytes, kindStart + $0 * 6, 4) }
        guard kinds.allSatisfy({ $0.magnitude <= 26 * 3_600 }) else { return nil }
        let times = start + 44
        let changes = (0..<changeCount).map {
            Self.number(bytes, times + $0 * timeBytes, timeBytes)
        }
        let indices = bytes[times + changeCount * timeBytes..<kindStart]
        guard indices.allSatisfy({ $0 < kindCount }),
            zip(changes, changes.dropFirst()).allSatisfy({ $0 < $1 })
        else { return nil }
        return (changes, [kinds[0]] + indices.map { kinds[Int($0)] })
    }

    /// The rule after the last change, between two ends of line.
    func tail() -> [UInt8]? {
        guard timeBytes == 8, end < bytes.count, bytes[end] == 0x0A else { return nil }
        let rest = bytes[(end + 1)...]
        return rest.firstIndex(of: 0x0A).map { Array(rest[..<$0]) }
    }
}
