// swift-tools-version: 6.2
// SPDX-License-Identifier: Apache-2.0
// tidy: length: the package manager reads one manifest, and each room is told in it.
import PackageDescription

// A package of its own, so that building the product never needs the fuzzer. It compiles the
// product's sources again, through the link Vigie, because they have to carry the fuzzer's
// instrumentation.
// tidy: length: a list of rooms, as the product's manifest is.

let instrumented: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .unsafeFlags(["-sanitize=fuzzer,address", "-parse-as-library"]),
]
let instrumentedC: [CSetting] = [.unsafeFlags(["-fsanitize=fuzzer-no-link,address"])]

/// A module of the product.
func room(_ path: String, _ dependencies: [Target.Dependency] = []) -> Target {
    .target(
        name: String(path.split(separator: "/").last ?? ""),
        dependencies: dependencies,
        path: "Vigie/" + path,
        swiftSettings: instrumented
    )
}

/// A module of the product with a part that only the fuzzer needs: a folder with a link to the
/// module and that part, which so sees all of the module.
func openedRoom(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
    .target(
        name: name,
        dependencies: dependencies,
        path: "Sources/" + name,
        exclude: name == "VigieClient" ? ["Product/VigieClient.docc"] : [],
        swiftSettings: instrumented
    )
}

/// A module of the product in C.
func roomInC(
    _ path: String,
    _ dependencies: [Target.Dependency] = [],
    exclude: [String] = []
) -> Target {
    .target(
        name: String(path.split(separator: "/").last ?? ""),
        dependencies: dependencies,
        path: "Vigie/" + path,
        exclude: exclude,
        cSettings: instrumentedC
    )
}

/// A library of the system.
func system(_ name: String, pkgConfig: String) -> Target {
    .systemLibrary(name: name, path: "Vigie/System/" + name, pkgConfig: pkgConfig)
}

let package = Package(
    name: "fuzz",
    dependencies: [
        .package(url: "https://github.com/apple/swift-distributed-tracing", from: "1.7.3"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-metrics", from: "2.13.0"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
    ],
    targets: [
        system("CExpat", pkgConfig: "expat"),
        system("COpenSSL", pkgConfig: "openssl"),
        system("CNGHTTP2", pkgConfig: "libnghttp2"),
        system("CPostgreSQL", pkgConfig: "libpq"),
        system("CProtobufC", pkgConfig: "libprotobuf-c"),
        system("CSQLite", pkgConfig: "sqlite3"),
        system("CCurl", pkgConfig: "libcurl"),
        system("CZlib", pkgConfig: "zlib"),
        system("CZstd", pkgConfig: "libzstd"),
        room("Base/Callers", ["Turns"]),
        room("Base/Digests", ["COpenSSL"]),
        room("Base/ExactTexts"),
        room("Base/NetworkAddresses", ["VigieLimits"]),
        room("Base/Telemetry"),
        room("Base/Turns"),
        room("Base/VigieLimits"),
        roomInC("Base/CDelimitedText"),
        roomInC("Base/CPrefetch"),
        room(
            "Base/Documents",
            ["CDelimitedText", "CExpat", "CZlib", "ExactTexts", "VigieLimits"]
        ),
        room("Base/ProtobufCoding", ["VigieLimits"]),
        roomInC("Engine/CForest"),
        room("Engine/Forest", ["CForest"]),
        room("Generated/ONNXProtos", ["ProtobufCoding"]),
        room("Generated/VigieProtos", ["ProtobufCoding"]),
        room("Engine/Formulas", ["Forest", "VigieLimits"]),
        room(
            "Engine/ModelFormats",
            [
                "Documents", "ExactTexts", "Forest", "Formulas", "ONNXProtos", "ProtobufCoding",
                "VigieLimits",
            ]
        ),
        roomInC("Engine/CDefaultModels", exclude: ["bundles"]),
        room(
            "Engine/Scoring",
            [
                "CDefaultModels", "Digests", "Documents", "ExactTexts", "Forest", "Formulas",
                "ModelFormats", "VigieLimits",
            ]
        ),
        room("Engine/ScoreHistory", ["CZstd", "Quantities", "VigieLimits"]),
        room("Engine/UniverseBlocks", ["Quantities", "ScoreHistory", "Scoring", "VigieLimits"]),
        roomInC("Generated/CServiceDescriptors", exclude: ["descriptors.binpb"]),
        roomInC("Generated/CVigieProtos", ["CProtobufC"]),
        roomInC("Wire/CVigieWire", ["CVigieProtos"]),
        roomInC("Wire/CHTTP2Session", ["CNGHTTP2"]),
        openedRoom(
            "GRPCTransport",
            [
                "CHTTP2Session", "COpenSSL", "CZlib", "Callers", "Digests",
                "NetworkAddresses", "Telemetry", "Turns", "VigieLimits",
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
            ]
        ),
        room("Pipeline/BlockPipeline", ["Telemetry", "Turns", "VigieLimits"]),
        room("Base/Quantities"),
        room("Base/DecimalNumbers"),
        room(
            "Domain/Policy/FEEL",
            ["DecimalNumbers", "ExactTexts", "Quantities", "VigieLimits"]
        ),
        room(
            "Domain/Policy/Decisions",
            ["DecimalNumbers", "Documents", "ExactTexts", "FEEL", "VigieLimits"]
        ),
        roomInC("Engine/CRuleTables"),
        room("Engine/RuleTables", ["CRuleTables", "VigieLimits"]),
        room(
            "Domain/Policy/CompiledTables",
            ["DecimalNumbers", "Decisions", "ExactTexts", "FEEL", "RuleTables", "VigieLimits"]
        ),
        room(
            "Domain/Policy/DecisionCases",
            ["DecimalNumbers", "Decisions", "Documents", "ExactTexts", "FEEL", "VigieLimits"]
        ),
        room(
            "Domain/Policy/Policies",
            [
                "DecimalNumbers", "DecisionCases", "Decisions", "Digests", "Documents",
                "ExactTexts", "FEEL", "Quantities", "VigieLimits",
            ]
        ),
        room(
            "Domain/Policy/CreditPolicy",
            [
                "CompiledTables", "DecimalNumbers", "DecisionCases", "Decisions", "Documents",
                "ExactTexts", "FEEL", "Policies", "Quantities", "VigieLimits",
            ]
        ),
        .target(
            name: "TestPolicies",
            dependencies: ["Policies"],
            path: "TestPolicies",
            swiftSettings: instrumented
        ),
        roomInC("Domain/Credit/CCreditData", exclude: ["tables"]),
        room("Domain/Credit/CreditFacts", ["CCreditData", "Documents", "Quantities"]),
        room("Domain/Credit/PaymentTerms", ["Quantities"]),
        room(
            "Domain/Credit/PaymentBehaviour",
            ["CCreditData", "CPrefetch", "CreditFacts", "Quantities"]
        ),
        room(
            "Domain/Credit/CompanyPapers",
            [
                "CCreditData", "CPrefetch", "CreditFacts", "Documents", "InvoiceMatching",
                "PaymentBehaviour", "PaymentTerms", "Quantities", "VigieLimits",
            ]
        ),
        room(
            "Domain/Credit/InvoiceMatching",
            ["CCreditData", "CreditFacts", "PaymentTerms", "Quantities"]
        ),
        room(
            "Domain/Credit/StatementAnalysis",
            ["CCreditData", "CreditFacts", "Documents", "Quantities", "Scoring"]
        ),
        room("Domain/Credit/LegalHistory", ["CreditFacts", "Quantities"]),
        room(
            "Domain/Credit/Assessment",
            [
                "CCreditData", "CreditFacts", "LegalHistory", "PaymentBehaviour", "Quantities",
                "Scoring", "StatementAnalysis",
            ]
        ),
        room("Base/ServiceErrors"),
        room("Base/CommandFiles", ["Documents", "VigieLimits"]),
        openedRoom("PassedDescriptors", ["CommandFiles", "VigieLimits"]),
        room(
            "Application/CallerAccess",
            [
                "COpenSSL", "Callers", "Digests", "Documents", "Quantities", "ServiceErrors",
                "Turns", "VigieLimits",
            ]
        ),
        room(
            "Stores/Databases",
            ["CPostgreSQL", "CSQLite", "Digests", "ServiceErrors", "VigieLimits"]
        ),
        room("Domain/Portfolio/Portfolios", ["Quantities", "VigieLimits"]),
        room(
            "Stores/PortfolioStore",
            [
                "Databases", "Digests", "PortfolioRisk", "Portfolios", "Quantities", "Segments",
                "ServiceErrors", "VigieLimits",
            ]
        ),
        room(
            "Stores/BundleStore",
            ["Digests", "Documents", "Policies", "Scoring", "ServiceErrors", "VigieLimits"]
        ),
        room(
            "Domain/Portfolio/PortfolioFiles",
            ["Documents", "Portfolios", "Quantities", "VigieLimits"]
        ),
        room(
            "Application/PortfolioApplication",
            [
                "Alerts", "AlertStore", "Collection", "CreditFacts", "Databases", "Digests",
                "Documents", "LegalHistory", "PortfolioFiles", "PortfolioRisk", "PortfolioStore",
                "Portfolios", "Quantities", "Segments", "ServiceErrors", "VigieLimits",
            ]
        ),
        room("Wire/Deliveries", ["CCurl", "NetworkAddresses", "VigieLimits"]),
        room(
            "Domain/Portfolio/Webhooks",
            ["Digests", "NetworkAddresses", "Quantities", "ServiceErrors", "VigieLimits"]
        ),
        room(
            "Domain/Portfolio/MailMessages",
            ["Digests", "Quantities", "ServiceErrors", "VigieLimits"]
        ),
        room(
            "Application/DeliveryApplication",
            [
                "Alerts", "AlertStore",
                "Databases", "Deliveries", "Digests", "MailMessages", "NetworkAddresses",
                "PortfolioApplication", "PortfolioStore", "Portfolios", "Quantities",
                "ServiceErrors", "Telemetry", "VigieLimits", "Webhooks",
            ]
        ),
        room(
            "Application/VigieApplication",
            [
                "Assessment", "BundleStore", "Callers", "CompiledTables", "CreditFacts",
                "CreditPolicy", "DecimalNumbers", "DecisionCases", "Decisions", "Digests",
                "Documents", "FEEL", "LegalHistory", "ModelFormats", "PaymentForecast", "Policies",
                "ProceedingSurvival", "Quantities", "Scoring", "ServiceErrors",
                "StatementAnalysis", "VigieLimits",
            ]
        ),
        room(
            "Interfaces/AssessmentMessages",
            [
                "Assessment", "Callers", "CompanyPapers", "CreditFacts", "Documents",
                "LegalHistory", "ProtobufCoding", "Quantities", "Scoring", "ServiceErrors",
                "StatementAnalysis", "VigieApplication", "VigieLimits", "VigieProtos",
            ]
        ),
        room("Base/MessageJSON", ["Digests", "Documents", "ProtobufCoding", "VigieLimits"]),
        room("Domain/Portfolio/PortfolioRisk", ["Quantities"]),
        room(
            "Domain/Portfolio/Segments",
            [
                "DecimalNumbers", "Documents", "FEEL", "Quantities", "ServiceErrors", "VigieLimits",
            ]
        ),
        room(
            "Domain/Portfolio/Alerts",
            [
                "CPortfolioData", "Digests", "Documents", "Quantities", "ServiceErrors",
                "VigieLimits",
            ]
        ),
        room(
            "Domain/Credit/Collection",
            [
                "CCreditData", "CreditFacts", "Documents", "LegalHistory", "PaymentBehaviour",
                "PaymentTerms", "Quantities", "ServiceErrors", "VigieLimits",
            ]
        ),
        room(
            "Domain/Credit/ProceedingSurvival",
            ["Digests", "Documents", "Quantities", "Scoring", "VigieLimits"]
        ),
        room(
            "Domain/Credit/PaymentForecast",
            [
                "CreditFacts", "Digests", "Documents", "Forest", "Formulas", "ModelFormats",
                "Quantities", "Scoring", "VigieLimits",
            ]
        ),
        room(
            "Stores/AlertStore",
            [
                "Alerts", "Databases", "Documents", "PortfolioStore", "Quantities",
                "ServiceErrors", "VigieLimits",
            ]
        ),
        room(
            "Application/Rescoring",
            [
                "Alerts", "Databases", "PortfolioApplication", "PortfolioStore", "Quantities",
                "ScoreHistory", "ServiceErrors", "VigieLimits",
            ]
        ),
        room(
            "Stores/UniverseStore",
            ["Databases", "PortfolioStore", "Quantities", "UniverseBlocks", "VigieLimits"]
        ),
        room(
            "Application/UniverseApplication",
            [
                "CommandFiles", "Databases", "PortfolioApplication", "PortfolioStore",
                "Quantities", "Rescoring", "ScoreHistory", "Scoring", "ServiceErrors",
                "UniverseBlocks", "UniverseStore", "VigieLimits",
            ]
        ),
        room(
            "Stores/JobStore",
            ["CZstd", "Databases", "PortfolioStore", "Quantities", "VigieLimits"]
        ),
        room(
            "Application/JobApplication",
            [
                "Databases", "Digests", "JobStore", "PortfolioApplication", "Quantities",
                "ServiceErrors", "VigieLimits",
            ]
        ),
        room(
            "Interfaces/StoredAssessments",
            [
                "Assessment", "AssessmentMessages", "CreditFacts", "Digests", "LegalHistory",
                "PaymentBehaviour", "PortfolioStore", "Quantities", "Rescoring", "Scoring",
                "ServiceErrors", "VigieApplication", "VigieLimits",
            ]
        ),
        roomInC("Domain/Portfolio/CPortfolioData"),
        roomInC("Interfaces/CDashboardPages", exclude: ["pages"]),
        openedRoom(
            "VigieService",
            [
                "AlertStore", "Alerts", "Assessment", "AssessmentMessages", "BlockPipeline",
                "CDashboardPages", "CServiceDescriptors", "Collection", "MessageJSON", "Callers",
                "CommandFiles", "CompanyPapers", "CVigieWire", "PaymentBehaviour",
                "PaymentForecast", "PortfolioRisk", "ProceedingSurvival", "Rescoring",
                "JobApplication", "JobStore",
                "StoredAssessments", "UniverseApplication", "UniverseBlocks", "UniverseStore",
                "CreditFacts", "CreditPolicy", "DecimalNumbers", "Decisions",
                "DeliveryApplication", "Digests", "Documents", "ExactTexts", "FEEL", "Forest",
                "GRPCTransport", "LegalHistory", "ModelFormats", "NetworkAddresses", "Policies",
                "PortfolioApplication", "PortfolioFiles", "PortfolioStore", "Portfolios",
                "ProtobufCoding", "Quantities", "Scoring", "Segments", "ServiceErrors",
                "StatementAnalysis", "Telemetry", "Turns", "VigieApplication", "VigieLimits",
                "VigieProtos",
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
            ]
        ),
        openedRoom(
            "VigieClient",
            [
                "CVigieWire", "ExactTexts", "Forest", "GRPCTransport", "NetworkAddresses",
                "ProtobufCoding", "Quantities", "VigieLimits", "VigieProtos",
                .product(name: "CoreMetrics", package: "swift-metrics"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "Tracing", package: "swift-distributed-tracing"),
            ]
        ),
        .target(name: "TestCertificates", dependencies: ["COpenSSL"], path: "TestCertificates"),
        .target(
            name: "FuzzWire",
            dependencies: ["CHTTP2Session", "CVigieWire"],
            cSettings: instrumentedC
        ),
        .target(
            name: "FuzzReaders",
            dependencies: [
                "Alerts", "Assessment", "AssessmentMessages", "BlockPipeline", "COpenSSL",
                "CServiceDescriptors", "CallerAccess", "Callers", "Collection", "CommandFiles",
                "CompanyPapers",
                "CreditFacts", "CreditPolicy", "Databases", "DecimalNumbers", "DecisionCases",
                "Decisions", "Digests", "Documents", "FEEL", "Forest", "Formulas",
                "GRPCTransport", "InvoiceMatching", "MessageJSON", "ModelFormats", "ONNXProtos",
                "PassedDescriptors", "PaymentBehaviour", "Policies", "PortfolioFiles",
                "PortfolioStore", "Portfolios", "ProtobufCoding", "Quantities", "ScoreHistory",
                "Scoring", "ServiceErrors", "StatementAnalysis", "Telemetry", "TestCertificates",
                "TestPolicies", "Turns", "VigieApplication", "VigieLimits", "VigieProtos",
                "VigieService",
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOEmbedded", package: "swift-nio"),
            ],
            swiftSettings: instrumented
        ),
        .executableTarget(
            name: "fuzz",
            dependencies: ["FuzzReaders", "FuzzWire", "VigieClient"],
            linkerSettings: [.unsafeFlags(["-sanitize=fuzzer,address"])]
        ),
    ],
    swiftLanguageModes: [.v6]
)
