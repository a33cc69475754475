// SPDX-License-Identifier: Apache-2.0

// A file of companies in memory, that comes in parts, and all that reading it gives.

import Documents
import PortfolioFiles
import Portfolios
import Synchronization

/// What a file gave.
struct FileReading: Equatable {
    var lines: [NumberedLine] = []
    var summary = PortfolioFileSummary()
    var error: PortfolioFileError?

    /// The companies.
    var companies: [PortfolioLine] { lines.map(\.company) }
    /// Each problem's line, kind and column.
    var problems: [String] {
        summary.problems.map { "\($0.line) \($0.code.rawValue) \($0.column)" }
    }
    /// What the file as a whole was refused for.
    var message: String? {
        guard case .file(let error) = error else { return nil }
        return error.message
    }
}

/// Reads a file whose bytes come in parts of one size.
func read(
    _ bytes: [UInt8],
    partBytes: Int = 1 << 20,
    _ change: (inout PortfolioFileOptions) -> Void = { _ in }
) -> FileReading {
    var options = PortfolioFileOptions()
    change(&options)
    let position = Mutex(0)
    let source = ByteSource(name: "companies.csv", totalBytes: nil) { buffer in
        position.withLock { position in
            let count = min(buffer.count, partBytes, bytes.count - position)
            buffer.copyBytes(from: bytes[position..<(position + count)])
            position += count
            return count
        }
    }
    var reading = FileReading()
    do throws(InputError) {
        let reader = try PortfolioFileReader(source, options)
        do throws(PortfolioFileError) {
            while let line = try reader.next() { reading.lines.append(line) }
        } catch {
            reading.error = error
        }
        reading.summary = reader.summary
    } catch {
        reading.error = .file(error)
    }
    return reading
}

/// Reads a file of UTF-8.
func read(
    _ text: String,
    partBytes: Int = 1 << 20,
    _ change: (inout PortfolioFileOptions) -> Void = { _ in }
) -> FileReading {
    read(Array(text.utf8), partBytes: partBytes, change)
}

extension PortfolioFileOptions {
    /// Names the dialect.
    mutating func name(_ dialect: String) {
        self.dialect = TableDialect.named.first { $0.name == dialect } ?? self.dialect
    }
}
