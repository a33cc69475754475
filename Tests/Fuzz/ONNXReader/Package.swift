// swift-tools-version: 6.2
// SPDX-License-Identifier: Apache-2.0
import PackageDescription

// A package of its own, so that building the product never needs the fuzzer. It compiles the
// engine's sources again, through links, because they have to carry the fuzzer's instrumentation.
let instrumented: [SwiftSetting] = [
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .unsafeFlags(["-sanitize=fuzzer,address", "-parse-as-library"]),
]

let package = Package(
    name: "fuzz-onnx-reader",
    dependencies: [
        .package(url: "https://github.com/apple/swift-protobuf", from: "1.39.0", traits: [])
    ],
    targets: [
        .target(name: "CForest", cSettings: [.unsafeFlags(["-fsanitize=fuzzer-no-link,address"])]),
        .target(name: "VigieLimits", swiftSettings: instrumented),
        .target(name: "Forest", dependencies: ["CForest"], swiftSettings: instrumented),
        .target(
            name: "ONNXProtos",
            dependencies: [.product(name: "SwiftProtobuf", package: "swift-protobuf")],
            swiftSettings: instrumented
        ),
        .target(
            name: "Formulas",
            dependencies: ["Forest", "VigieLimits"],
            swiftSettings: instrumented
        ),
        .target(
            name: "ModelFormats",
            dependencies: [
                "Forest", "Formulas", "ONNXProtos", "VigieLimits",
                .product(name: "SwiftProtobuf", package: "swift-protobuf"),
            ],
            exclude: ["ModelFile.swift", "PMML", "XGBoost"],
            swiftSettings: instrumented
        ),
        .target(
            name: "FuzzTarget",
            dependencies: ["Formulas", "ModelFormats"],
            swiftSettings: instrumented
        ),
        .executableTarget(
            name: "FuzzONNXReader",
            dependencies: ["FuzzTarget"],
            linkerSettings: [.unsafeFlags(["-sanitize=fuzzer,address"])]
        ),
    ],
    swiftLanguageModes: [.v6]
)
