// node socket-io.mjs PORT [POSTGRES-URL]
import { createServer } from "node:http";
import { Server } from "socket.io";
import { nothing, postgres, rooms } from "./rooms.mjs";

const [port, url] = process.argv.slice(2);
const received = rooms(url ? await postgres(url) : nothing);
const http = createServer();
const io = new Server(http, { transports: ["websocket"], serveClient: false });

io.on("connection", (socket) => {
  const connection = {
    send: (message) => socket.emit("m", message),
    join: (room) => socket.join(room),
    publish: (room, message) => io.to(room).emit("m", message),
  };
  socket.on("m", (message) => received(message, connection));
});
http.listen({ port: Number(port), host: "127.0.0.1", backlog: 1024 }, () => console.log("ready"));
