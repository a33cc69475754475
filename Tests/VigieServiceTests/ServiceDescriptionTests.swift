// SPDX-License-Identifier: Apache-2.0

// Services are told once: every rpc of the protos has a method, of its kind, with a limit;
// and there is no method without an rpc.

import FoundationEssentials
import GRPCTransport
import Testing
import VigieLimits
import VigieService

@Suite struct ServiceDescriptionTests {
    /// An rpc or a method.
    private struct Method: Hashable {
        let path: String
        let takesStream: Bool
    }

    /// The rpcs of a file of protos.
    private static func methods(inProto text: String) throws -> [Method] {
        let lines = text.split(separator: "\n").map { line in
            String(line.firstRange(of: "//").map { line[..<$0.lowerBound] } ?? line)
        }
        let code: String = lines.joined(separator: " ")
        guard let package = code.firstMatch(of: /package\s+([\w.]+)\s*;/)?.output.1 else {
            return []
        }
        var found: [Method] = []
        let rpc = /rpc\s+(\w+)\s*\(\s*(stream\s+)?[\w.]+\s*\)\s*returns/
        for service in code.matches(of: /service\s+(\w+)\s*\{/) {
            let rest = code[service.range.upperBound...]
            let end = rest.firstMatch(of: /service\s+\w+\s*\{/)?.range.lowerBound
            for match in rest[..<(end ?? rest.endIndex)].matches(of: rpc) {
                found.append(
                    Method(
                        path: "/\(package).\(service.output.1)/\(match.output.1)",
                        takesStream: match.output.2 != nil
                    )
                )
            }
        }
        return found
    }

    /// The rpcs of all protos.
    private static func rpcs() throws -> [Method] {
        let tests = try #require(#filePath.firstRange(of: "/Tests/VigieServiceTests/"))
        let root = #filePath[..<tests.lowerBound] + "/Protos"
        let paths = try FileManager.default.subpathsOfDirectory(atPath: String(root))
        return try paths.filter { $0.hasSuffix(".proto") }.flatMap { path in
            let bytes = try #require(FileManager.default.contents(atPath: "\(root)/\(path)"))
            return try methods(inProto: String(decoding: bytes, as: UTF8.self))
        }
    }

    @Test func everyRpcHasAMethodAndEveryMethodAnRpc() async throws {
        let rpcs = try Self.rpcs()
        try #require(rpcs.count >= 8)
        try await TestServer.run { server in
            let methods = server.server.services.flatMap { service in
                service.routes.map { Method(path: $0.path, takesStream: $0.clientStreaming) }
            }
            #expect(Set(rpcs) == Set(methods))
            #expect(methods.count == Set(methods).count)
        }
    }

    @Test func onlyRowsCompaniesAndPapersMayBeLong() async throws {
        let longMethods = [
            "BatchAssess", "BatchDecide", "StreamDecideRows", "ReadPapers", "StreamAssessRows",
            "ModelInfer", "ModelStreamInfer", "UploadPolicy", "SimulatePolicies",
            "ImportCompanies", "RecordFacts", "SetDunningScenarios", "LoadUniverse",
        ]
        try await TestServer.run { server in
            for service in server.server.services {
                for method in service.methods {
                    let isLong =
                        service.name == "vigie.v1.ScoringService"
                        || longMethods.contains(method.name)
                    #expect(method.messageLimit.bytes <= 1 << 20 || isLong, "\(method.name)")
                    let isOfHealth = service.name == "grpc.health.v1.Health"
                    #expect(method.messageLimit.bytes <= 4 << 10 || !isOfHealth, "\(method.name)")
                }
            }
        }
    }
}
