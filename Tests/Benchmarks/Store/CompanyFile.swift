// SPDX-License-Identifier: Apache-2.0

// What a file of companies costs to be read: made-up lines of 70 bytes in parts of 1 MiB, made once
// without being read, and once more for the reader. Prints seconds of the processor.

import Documents
import Foundation
import PortfolioFiles
import Portfolios
import Quantities
import Synchronization

/// Lines of a file, a part at a time.
private struct LineMaker {
    private let count: Int
    private let marks: (decimal: UInt8, thousands: [UInt8])
    private var index = 0
    private var text: [UInt8] = []
    private var taken = 0

    init(_ count: Int, isFrench: Bool) {
        self.count = count
        marks = isFrench ? (0x2C, [0xC2, 0xA0]) : (0x2E, [])
        text.append(contentsOf: "siren;raison sociale;code client;plafond;encours\n".utf8)
    }

    /// Fills a buffer; 0 at the end.
    mutating func fill(_ buffer: UnsafeMutableRawBufferPointer) -> Int {
        var filled = 0
        while filled < buffer.count {
            if taken == text.count {
                guard index < count else { break }
                text.removeAll(keepingCapacity: true)
                taken = 0
                while text.count < 1 << 16, index < count { addLine() }
            }
            let part = min(text.count - taken, buffer.count - filled)
            UnsafeMutableRawBufferPointer(rebasing: buffer[filled...])
                .copyBytes(from: text[taken..<(taken + part)])
            filled += part
            taken += part
        }
        return filled
    }

    /// A line, in an order of companies that jumps.
    private mutating func addLine() {
        let beginning = index &* 7_654_321 % 100_000_000
        add(beginning, digits: 8)
        text.append(0x30 + UInt8(Self.checkDigit(beginning)))
        text.append(contentsOf: ";COMPAGNIE GENERALE DES ".utf8)
        add(index, digits: 8)
        text.append(contentsOf: ";C".utf8)
        add(index, digits: 8)
        addAmount(index % 97)
        addAmount(index % 89)
        text.append(0x0A)
        index += 1
    }

    private mutating func addAmount(_ thousands: Int) {
        text.append(0x3B)
        add(thousands % 90 + 10, digits: 2)
        text.append(contentsOf: marks.thousands)
        text.append(contentsOf: [0x35, 0x30, 0x30, marks.decimal, 0x32, 0x35])
    }

    private mutating func add(_ number: Int, digits: Int) {
        var unit = 1
        for _ in 1..<digits { unit *= 10 }
        while unit > 0 {
            text.append(0x30 + UInt8(truncatingIfNeeded: number / unit % 10))
            unit /= 10
        }
    }

    private static func checkDigit(_ beginning: Int) -> Int {
        var (sum, rest, isDoubled) = (0, beginning, true)
        while rest > 0 {
            let digit = rest % 10
            sum += isDoubled ? (digit > 4 ? digit * 2 - 9 : digit * 2) : digit
            isDoubled.toggle()
            rest /= 10
        }
        return (10 - sum % 10) % 10
    }
}

/// Measures.
func measureFile(lines count: Int) throws {
    for isFrench in [false, true] {
        let maker = Mutex(LineMaker(count, isFrench: isFrench))
        let source = ByteSource(name: "companies.csv", totalBytes: nil) { buffer in
            maker.withLock { $0.fill(buffer) }
        }
        let room = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 18, alignment: 1)
        defer { room.deallocate() }
        var (start, byteCount) = (processorSeconds(), 0)
        while true {
            let made = try source.read(room)
            if made == 0 { break }
            byteCount += made
        }
        let making = processorSeconds() - start
        maker.withLock { $0 = LineMaker(count, isFrench: isFrench) }
        var options = PortfolioFileOptions()
        if let dialect = TableDialect.named.first(where: { $0.name == "excel-fr" }), isFrench {
            options.dialect = dialect
        }
        start = processorSeconds()
        let reader = try PortfolioFileReader(source, options)
        var (found, cents) = (0, Int64(0))
        while let line = try reader.next() {
            found += 1
            cents &+= line.company.limit?.minorUnits ?? 0
        }
        let reading = processorSeconds() - start - making
        print(
            "\(isFrench ? "1 234,56" : "1234.56"): \(found) lines of \(byteCount) bytes: "
                + "\(reading) s, \(reading / Double(count) * 1e9) ns a line, made in \(making) s; "
                + "\(cents) cents, resident at most \(peakMegabytes()) MB"
        )
    }
}

private func processorSeconds() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
}

private func peakMegabytes() -> Int {
    var usage = rusage()
    getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
    return usage.ru_maxrss / 1_024
}
