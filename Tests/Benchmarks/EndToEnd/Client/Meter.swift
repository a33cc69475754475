// SPDX-License-Identifier: Apache-2.0

// Rows, time and the CPU time of server and client between the first row that counts
// and the last.

import FoundationEssentials

#if canImport(Glibc)
    import Glibc
#endif

/// Counts rows.
actor Meter {
    private struct Reading {
        let time = ContinuousClock.now
        let serverSeconds: Double
        let clientSeconds: Double
    }

    private let serverPID: Int
    private var first: Reading?
    private var last: Reading?
    private var rowCount = 0
    private var uncountedRows = 0

    init(serverPID: Int) {
        self.serverPID = serverPID
    }

    /// Counts rows that were answered. The first ones only start the clock.
    func count(rows: Int) {
        guard first != nil else {
            first = read()
            return
        }
        uncountedRows += rows
        // Reading /proc takes a while; a reading each hundredth of a second is enough.
        if let last, last.time.duration(to: .now) < .milliseconds(10) { return }
        last = read()
        rowCount = uncountedRows
    }

    /// Prints what was measured.
    func printReport() throws {
        guard let first, let last, rowCount > 0 else {
            throw Failure(description: "no row was counted; measure for longer")
        }
        let seconds = first.time.duration(to: last.time) / .seconds(1)
        let rows = Double(rowCount)
        let server = (last.serverSeconds - first.serverSeconds) / rows * 1e9
        let client = (last.clientSeconds - first.clientSeconds) / rows * 1e9
        print(
            "{\"rows_per_second\": \(rows / seconds), \"server_ns_per_row\": \(server), "
                + "\"client_ns_per_row\": \(client)}"
        )
    }

    private func read() -> Reading {
        Reading(serverSeconds: Self.cpuSeconds(serverPID), clientSeconds: Self.cpuSeconds(nil))
    }

    /// User and system time of a process; of this one for nil.
    private static func cpuSeconds(_ pid: Int?) -> Double {
        let name = pid.map(String.init) ?? "self"
        guard let data = try? Data(contentsOf: URL(fileURLWithPath: "/proc/\(name)/stat")) else {
            return 0
        }
        // The fields behind the name of the program, which may hold anything.
        let text = String(decoding: data, as: UTF8.self)
        let fields = text.split(separator: ")").last?.split(separator: " ") ?? []
        guard fields.count > 12, let user = Double(fields[11]), let system = Double(fields[12])
        else { return 0 }
        return (user + system) / Double(sysconf(Int32(_SC_CLK_TCK)))
    }
}
