// SPDX-License-Identifier: Apache-2.0

// The companies that a file has named so far, to find those that it names twice, with both lines.
//
// The last digit of a SIREN follows from the others, so a bit for each of the 10^8 beginnings says
// whether it was there: 12.5 MB, of which the system gives what is touched. In which line it was
// is asked for at the end only, of 100 companies at most, and found by going through a list of
// beginnings in the order of the file: 4 bytes a company, 8 as the list grows, and 8 more where a
// line does not follow on the one before. So 25 million companies cost 150 MB, 6 bytes each, and a
// line one miss of the cache, some 15 ns; a table of numbers with their lines would cost 400 MB and
// a miss of the memory. Companies with other identifiers cost up to 60 bytes, and 60 ns.

internal import Glibc
internal import Portfolios
internal import Quantities

/// Companies by their identifiers.
struct SeenCompanies {
    /// What stands for a company: the beginning of its SIREN, or a hash of another identifier.
    enum Key: Hashable {
        case siren(UInt32)
        case other(UInt128)
    }

    private let beginnings = BeginningBits()
    private var listed: [UInt32] = []
    /// From which place in the list on lines follow each other, and the line there.
    private var runs: [(place: UInt32, line: UInt32)] = []
    private var nextLine = -1
    private var others: [UInt128: UInt32] = [:]

    /// How many there are without a SIREN.
    var otherCount: Int { others.count }

    /// What stands for an identity.
    func key(of identity: CompanyIdentity) -> Key {
        if case .siren(let siren) = identity { return .siren(siren.number / 10) }
        // Two hashes with the secret of this process: nobody can make two identifiers meet.
        let (high, low) = (hash(identity, 0), hash(identity, 1))
        return .other(UInt128(high) << 64 | UInt128(low))
    }

    private func hash(_ identity: CompanyIdentity, _ round: Int) -> UInt64 {
        var hasher = Hasher()
        hasher.combine(round)
        hasher.combine(identity.kind)
        // By its bytes: an accent of one character and one of two are different identifiers.
        var text = identity.text
        text.withUTF8 { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
        return UInt64(truncatingIfNeeded: hasher.finalize())
    }

    /// Takes a company; false if an earlier line named it.
    mutating func insert(_ key: Key, line: Int) -> Bool {
        switch key {
        case .siren(let beginning):
            guard beginnings.insert(beginning) else { return false }
            if line != nextLine {
                runs.append((UInt32(truncatingIfNeeded: listed.count), UInt32(clamping: line)))
            }
            nextLine = line + 1
            listed.append(beginning)
            return true
        case .other(let hash):
            guard others[hash] == nil else { return false }
            others[hash] = UInt32(clamping: line)
            return true
        }
    }

    /// The lines that name companies first.
    func firstLines(of wanted: Set<Key>) -> [Key: Int] {
        var lines: [Key: Int] = [:]
        var sought: Set<UInt32> = []
        for key in wanted {
            switch key {
            case .siren(let beginning): sought.insert(beginning)
            case .other(let hash): lines[key] = others[hash].map(Int.init)
            }
        }
        guard !sought.isEmpty else { return lines }
        var run = 0
        for (place, beginning) in listed.enumerated() {
            while run + 1 < runs.count, Int(runs[run + 1].place) <= place { run += 1 }
            guard sought.contains(beginning) else { continue }
            lines[.siren(beginning)] = Int(runs[run].line) + place - Int(runs[run].place)
        }
        return lines
    }
}

/// A bit for each beginning of a SIREN. The system gives its memory as it is touched, so that a
/// small file costs little.
private final class BeginningBits {
    // tidy: limit: of the SIREN: eight digits and one that follows from them
    private static let count = 100_000_000
    private let words: UnsafeMutableBufferPointer<UInt64>

    init() {
        let count = Self.count / 64 + 1
        guard let start = calloc(count, MemoryLayout<UInt64>.stride) else {
            fatalError("out of memory")
        }
        words = UnsafeMutableBufferPointer(
            start: start.bindMemory(to: UInt64.self, capacity: count),
            count: count
        )
    }

    deinit { free(words.baseAddress) }

    /// Sets a bit; false if it was set.
    func insert(_ beginning: UInt32) -> Bool {
        let (word, bit) = (Int(beginning >> 6), UInt64(1) << UInt64(beginning & 63))
        guard word < words.count, words[word] & bit == 0 else { return false }
        words[word] |= bit
        return true
    }
}
