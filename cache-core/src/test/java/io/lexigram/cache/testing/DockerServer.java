package io.lexigram.cache.testing;

import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.PortBinding;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.utility.DockerImageName;

/** A server in a container, published on a port that is known before it starts, so that a restart keeps it. */
final class DockerServer implements TestServer {

    private final GenericContainer<?> container;
    private final int port;

    private DockerServer(GenericContainer<?> container, int port) {
        this.container = container;
        this.port = port;
    }

    static boolean isAvailable() {
        return DockerClientFactory.instance().isDockerAvailable();
    }

    static DockerServer start(ServerKind kind, int port, List<String> options) {
        List<String> command = new ArrayList<>(kind.command());
        command.addAll(options);
        GenericContainer<?> container = new GenericContainer<>(DockerImageName.parse(kind.chosenImage()))
                .withCommand(command.toArray(String[]::new))
                .withExposedPorts(kind.containerPort())
                .withCreateContainerCmdModifier(
                        create -> Objects.requireNonNullElseGet(create.getHostConfig(), HostConfig::newHostConfig)
                                .withPortBindings(PortBinding.parse(port + ":" + kind.containerPort())))
                .waitingFor(Wait.forLogMessage(".*" + kind.readyLine() + ".*\\n", 1));
        container.start();
        return new DockerServer(container, port);
    }

    /** Without a network of its own, which takes an engine on Linux. */
    static DockerServer startOnHostNetwork(ServerKind kind, int port, List<String> options) {
        List<String> command = new ArrayList<>(kind.command());
        command.addAll(kind.local().apply(port));
        command.addAll(options);
        GenericContainer<?> container = new GenericContainer<>(DockerImageName.parse(kind.chosenImage()))
                .withNetworkMode("host")
                .withCommand(command.toArray(String[]::new))
                .waitingFor(Wait.forLogMessage(".*" + Pattern.quote(kind.readyLine()) + ".*\\n", 1));
        container.start();
        return new DockerServer(container, port);
    }

    @Override
    public String host() {
        return container.getHost();
    }

    @Override
    public int port() {
        return port;
    }

    @Override
    public void stop() {
        container.stop();
    }

    @Override
    public void pause() {
        container
                .getDockerClient()
                .pauseContainerCmd(container.getContainerId())
                .exec();
    }

    @Override
    public void resume() {
        container
                .getDockerClient()
                .unpauseContainerCmd(container.getContainerId())
                .exec();
    }
}
