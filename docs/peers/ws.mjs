// node ws.mjs PORT [POSTGRES-URL]
import { WebSocketServer } from "ws";
import { nothing, postgres, rooms } from "./rooms.mjs";

const [port, url] = process.argv.slice(2);
const received = rooms(url ? await postgres(url) : nothing);
const members = new Map();
const server = new WebSocketServer(
  { port: Number(port), host: "127.0.0.1", path: "/v1/ws", backlog: 1024 },
  () => console.log("ready"),
);

function publish(room, message) {
  const text = JSON.stringify(message);
  for (const socket of members.get(room) ?? []) {
    socket.send(text);
  }
}

server.on("connection", (socket) => {
  const joined = [];
  const connection = {
    send: (message) => socket.send(JSON.stringify(message)),
    join: (room) => {
      if (!members.has(room)) members.set(room, new Set());
      members.get(room).add(socket);
      joined.push(room);
    },
    publish,
  };
  socket.on("message", (data) => received(JSON.parse(data.toString()), connection));
  socket.on("close", () => joined.forEach((room) => members.get(room).delete(socket)));
});
