// SPDX-License-Identifier: Apache-2.0

// Who was erased, kept beside the backups: a backup that is restored has the person again, and this
// list tells it to forget. One line each:
//
//     17 2026-11-30 request 35b914aa
//     2/81200 2026-11-30 request e1ae0359
//
// the slot, or the number of a universe and the place in it, the day in UTC, the reason, and the
// first 8 digits of SHA-256 of what stands before them. It has nothing of the person. A line is
// added before the erasure is committed, so one that is torn at the end is of an erasure that was
// not; anything else that is wrong is an error, since somebody who was erased would come back.

package import Databases
internal import Digests
package import Quantities
internal import VigieLimits

/// Why somebody was erased; the cases of article 17(1) of the GDPR.
package enum ErasureReason: String, Sendable, CaseIterable {
    /// The person withdrew a consent.
    case request
    /// The person objects.
    case objection
    /// It should not have been kept.
    case unlawful
    /// A law wants it.
    case obligation
    /// Nobody needs it any more.
    case unneeded
}

/// That somebody was erased.
package struct Erasure: Sendable, Hashable {
    /// The universe in which that was; nil for what portfolios know.
    package let universe: Int?
    /// The number that was the person's, and will be nobody's: in a universe its place, from 0.
    package let slot: Int
    /// On which day, in UTC.
    package let day: CalendarDate
    /// Why.
    package let reason: ErasureReason

    /// Makes an erasure.
    package init(slot: Int, of universe: Int? = nil, day: CalendarDate, reason: ErasureReason) {
        (self.universe, self.slot) = (universe, slot)
        self.day = day
        self.reason = reason
    }

    /// Its line in a list, without its end.
    package var line: String {
        let place = universe.map { "\($0)/\(slot)" } ?? "\(slot)"
        let words = "\(place) \(day) \(reason.rawValue)"
        return "\(words) \(Digest.hexadecimal(Digest.sha256(Array(words.utf8))).prefix(8))"
    }

    /// Reads a line; nil for one that is not exactly as it would be written.
    init?(line: some StringProtocol) {
        let words = line.split(separator: " ", omittingEmptySubsequences: false)
        guard words.count == 4, let (universe, slot) = Self.place(words[0]),
            let day = CalendarDate(String(words[1])),
            let reason = ErasureReason(rawValue: String(words[2]))
        else { return nil }
        self.init(slot: slot, of: universe, day: day, reason: reason)
        guard self.line.utf8.elementsEqual(line.utf8) else { return nil }
    }

    /// What stands first in a line; nil for what cannot be a number of the store.
    private static func place(_ text: some StringProtocol) -> (universe: Int?, slot: Int)? {
        let numbers = text.split(separator: "/", omittingEmptySubsequences: false).map { Int($0) }
        guard numbers.count <= 2, let last = numbers.last, let slot = last else { return nil }
        if numbers.count == 1 {
            return (1...StoreLimits.erasedSlotMax).contains(slot) ? (nil, slot) : nil
        }
        let places = 0..<UniverseLimits.blocks * HistoryLimits.blockSlots
        guard let universe = numbers[0], (1...UniverseLimits.universes).contains(universe),
            places.contains(slot)
        else { return nil }
        return (universe, slot)
    }
}

/// A list of erasures.
package struct ErasureList: Sendable, Equatable {
    /// All of them, in their order. A slot may come twice, when the erasure was tried twice.
    package private(set) var erasures: [Erasure] = []
    /// Bytes at the beginning that are whole lines; the last one may lack its end.
    private var soundByteCount = 0
    private var lacksEnd = false

    /// An empty list.
    package init() {}

    /// Reads a list; a torn last line is none of it.
    ///
    /// - Throws: `damaged` with the number of a line that is not as it was written; `value` for a
    ///   list that is too long.
    package init(_ bytes: [UInt8]) throws(DatabaseError) {
        guard bytes.count <= StoreLimits.erasureListBytesMax else {
            throw DatabaseError(
                .value,
                "the list of erasures has more bytes than may be (erasureListBytesMax)"
            )
        }
        // Before any is read: each is looked at whole.
        guard bytes.count(where: { $0 == 0x0a }) <= StoreLimits.erasuresMax else {
            throw DatabaseError(
                .value,
                "the list of erasures has more lines than may be (erasuresMax)"
            )
        }
        var start = 0
        while let end = bytes[start...].firstIndex(of: 0x0a) {
            guard let text = String(validating: bytes[start..<end], as: UTF8.self),
                let erasure = Erasure(line: text)
            else {
                throw DatabaseError(
                    .damaged,
                    "line \(erasures.count + 1) of the list of erasures is not as it was written"
                )
            }
            erasures.append(erasure)
            start = end + 1
            soundByteCount = start
        }
        // One that lost nothing but its end, as an editor does it, is not torn.
        if let text = String(validating: bytes[start...], as: UTF8.self),
            let erasure = Erasure(line: text)
        {
            erasures.append(erasure)
            soundByteCount = bytes.count
            lacksEnd = true
        }
    }

    /// How one more is added to the file that the list was read from.
    ///
    /// - Returns: How many bytes of the file stay, which is all but a torn line, and the bytes that
    ///   come behind them.
    package func addition(of erasure: Erasure) -> (keptByteCount: Int, bytes: [UInt8]) {
        addition(of: [erasure])
    }

    /// How some more are added.
    package func addition(of erasures: [Erasure]) -> (keptByteCount: Int, bytes: [UInt8]) {
        let lines = erasures.map { "\($0.line)\n" }.joined()
        return (soundByteCount, Array("\(lacksEnd ? "\n" : "")\(lines)".utf8))
    }
}
