// SPDX-License-Identifier: Apache-2.0

import Foundation
import ModelFormats
import Testing

@Suite("The list of formats")
struct FormatListTests {
    private typealias Format = ModelFormats.ModelFile.Format

    private func page(_ path: String) throws -> String {
        let root = URL(filePath: #filePath).deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
        return try String(contentsOf: root.appending(path: path), encoding: .utf8)
    }

    @Test("Models.md has a line for each format, and none for others")
    func modelsPage() throws {
        let text = try page("Sources/vigied/Vigied.docc/Models.md")
        let table = try #require(text.components(separatedBy: "| file |").dropFirst().first)
        let rows = table.components(separatedBy: "\n").dropFirst(2).prefix { $0.hasPrefix("| ") }
        let told = rows.flatMap { row in
            let cell = row.dropFirst(2).components(separatedBy: " |").first ?? ""
            let words = cell.components(separatedBy: " (").first ?? ""
            return words.components(separatedBy: ", ")
        }
        #expect(told.sorted() == Format.all.map(\.words).sorted())
    }

    @Test("BundleFormat.md names each format")
    func bundlePage() throws {
        let text = try page("Sources/Engine/Scoring/Scoring.docc/BundleFormat.md")
        let line = try #require(
            text.components(separatedBy: "\n").first { $0.hasPrefix("| `model`") }
        )
        let form = line.components(separatedBy: "form (").last?.components(separatedBy: ")").first
        let names = (form ?? "").components(separatedBy: "\"").filter { $0.contains(/^[a-z-]+$/) }
        #expect(names.sorted() == (Format.all.map(\.name) + ["scorecard"]).sorted())
    }

    @Test("names and endings are told apart, and names lead back")
    func names() {
        #expect(Set(Format.all.map(\.name)).count == Format.all.count)
        #expect(Set(Format.all.map(\.words)).count == Format.all.count)
        for format in Format.all { #expect(Format(name: format.name) == format) }
        #expect(Format(name: "onnx ") == nil)
    }

    @Test(
        "a file is recognised as what its reader says it is",
        arguments: [
            "xgb_binary.json", "xgb_binary.ubj", "dart.txt", "onnx/sk_forest_binary.onnx",
            "pmml/export_lgb.pmml",
        ]
    )
    func recognised(name: String) throws {
        let bytes = try modelBytes(name)
        let format = try #require(ModelFormats.ModelFile.format(of: bytes))
        #expect(try ModelFormats.ModelFile.read(bytes).format == format.name)
        #expect(Format.all.count { $0 == format } == 1)
    }

    private func modelBytes(_ name: String) throws -> [UInt8] {
        let models = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Models")
        return [UInt8](try Data(contentsOf: models.appending(path: name)))
    }
}
