import { type Dashboard, panel } from "../../model/dashboard";
import { ecsService } from "../telemetry/ecs-service";
import { requestPerformance } from "../telemetry/request-performance";

/** What an ECS service with `requestPerformance` uses of its processors and memory. */
export const resourcesDashboard: Dashboard = {
  key: "resources",
  title: "Resources",
  description: "Processors of the service and memory of its processes.",
  sections: [
    {
      key: "resources",
      title: "Resources",
      panels: [
        panel("cpu-usage", "CPU Usage", { "of what is reserved": ecsService.cpu.avg() }),
        panel("memory-usage", "Memory Usage", { "{{instance}}": requestPerformance.memory.max().by("instance") }),
      ],
    },
  ],
};
