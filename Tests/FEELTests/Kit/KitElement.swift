// SPDX-License-Identifier: Apache-2.0

// Elements of the files of the technology compatibility kit of DMN, as a plain tree.

import Documents
import Glibc

/// An element; it is not changed once it is read.
final class KitElement: @unchecked Sendable {
    let name: String
    var attributes: [String: String] = [:]
    var children: [KitElement] = []
    var text = ""

    init(_ name: String) { self.name = name }

    func child(_ name: String) -> KitElement? { children.first { $0.name == name } }

    func children(_ name: String) -> [KitElement] { children.filter { $0.name == name } }

    /// Elements of that name, however deep.
    func all(_ name: String) -> [KitElement] {
        children.flatMap { ($0.name == name ? [$0] : []) + $0.all(name) }
    }

    subscript(attribute: String) -> String? { attributes[attribute] }

    /// Reads a file; nil when there is none.
    static func read(_ path: String) -> KitElement? {
        guard let file = fopen(path, "rb") else { return nil }
        defer { fclose(file) }
        var bytes: [UInt8] = []
        var part = [UInt8](repeating: 0, count: 1 << 16)
        while case let count = fread(&part, 1, part.count, file), count > 0 {
            bytes += part[..<count]
        }
        let builder = Builder()
        guard let stream = try? XMLStream(to: builder) else { return nil }
        let isRead = bytes.withUnsafeBytes { bytes in
            (try? stream.read(bytes, isLast: true)) != nil
        }
        return isRead ? builder.root.children.first : nil
    }

    private final class Builder: XMLHandler {
        let root = KitElement("")
        private lazy var open = [root]

        func start(_ tag: XMLTag) {
            let element = KitElement(tag.name.local)
            for attribute in tag.attributes {
                element.attributes[attribute.name.local] = String(
                    decoding: attribute.value,
                    as: UTF8.self
                )
            }
            open.last?.children.append(element)
            open.append(element)
        }

        func text(_ bytes: UnsafeRawBufferPointer, line: Int) {
            open.last?.text += String(decoding: bytes, as: UTF8.self)
        }

        func end() { open.removeLast() }
    }
}

/// The names in a folder, sorted.
func names(in folder: String) -> [String] {
    guard let directory = opendir(folder) else { return [] }
    defer { closedir(directory) }
    var names: [String] = []
    while let entry = readdir(directory) {
        let name = withUnsafePointer(to: &entry.pointee.d_name) {
            $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
        }
        if !name.hasPrefix(".") { names.append(name) }
    }
    return names.sorted()
}
