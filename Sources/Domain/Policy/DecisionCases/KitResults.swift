// SPDX-License-Identifier: Apache-2.0

// Results of tests in the form in which engines hand them in to the technology compatibility kit of
// DMN: a line a test with its directory, its file, its id, what became of it, and why.

/// A line of results.
package struct KitResult: Sendable {
    /// The path of the file of tests.
    package let path: String
    /// The id of the test.
    package let id: String
    /// Why it does not hold; nil if it does.
    package let failure: String?

    /// Takes the path of the file of tests, the id of one, and why it does not hold.
    package init(path: String, id: String, failure: String?) {
        (self.path, self.id, self.failure) = (path, id, failure)
    }

    /// The line.
    package var line: String {
        let parts = path.split(separator: "/").map(String.init)
        let file = parts.last ?? path
        let name = file.hasSuffix(".xml") ? String(file.dropLast(4)) : file
        let fields = [
            parts.dropLast().suffix(2).joined(separator: "/"), name, id,
            failure == nil ? "SUCCESS" : "ERROR", failure ?? "",
        ]
        return fields.map(Self.quoted).joined(separator: ",") + "\n"
    }

    private static func quoted(_ field: String) -> String {
        var text = "\""
        for scalar in field.unicodeScalars {
            // A line of results stays one.
            if scalar == "\"" { text += "\"" }
            text.unicodeScalars.append(scalar.value < 0x20 ? " " : scalar)
        }
        return text + "\""
    }
}
