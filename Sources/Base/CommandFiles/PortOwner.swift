// SPDX-License-Identifier: Apache-2.0

// Which program listens on a port, as /proc tells it.

internal import FoundationEssentials

/// A program that has a port.
package struct PortOwner {
    /// Its name.
    package let name: String
    /// Its process.
    package let process: Int

    /// Who listens on a port; nil when that is nobody, or nobody that this user can see.
    package static func find(port: Int) -> PortOwner? {
        let sockets = Set(["/proc/net/tcp", "/proc/net/tcp6"].flatMap { inodes($0, port) })
        guard !sockets.isEmpty else { return nil }
        for process in names(in: "/proc").compactMap({ Int($0) }) {
            let directory = "/proc/\(process)/fd"
            for name in names(in: directory)
            where sockets.contains(target("\(directory)/\(name)")) {
                let text = SystemFile.text("/proc/\(process)/comm") ?? ""
                return PortOwner(name: text.filter { !$0.isNewline }, process: process)
            }
        }
        return nil
    }

    /// The sockets that listen on a port, as the links to them are called.
    private static func inodes(_ path: String, _ port: Int) -> [String] {
        let lines = (SystemFile.text(path) ?? "").split(separator: "\n").dropFirst()
        return lines.compactMap { line in
            let fields = line.split(separator: " ")
            guard fields.count > 9, fields[3] == "0A",
                let digits = fields[1].split(separator: ":").last, Int(digits, radix: 16) == port
            else { return nil }
            return "socket:[\(fields[9])]"
        }
    }

    private static func names(in path: String) -> [String] {
        (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
    }

    private static func target(_ path: String) -> String {
        (try? FileManager.default.destinationOfSymbolicLink(atPath: path)) ?? ""
    }
}
